"""What every service stands on: the desk, the pen, one record found, shown and written."""
