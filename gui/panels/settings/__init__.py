"""Cards of the settings."""
