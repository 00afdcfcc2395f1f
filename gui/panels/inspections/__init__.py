"""The page 自查自纠: the list of inspections, how one is filled in, and what they go by."""
