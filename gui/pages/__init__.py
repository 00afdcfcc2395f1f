"""One page per entry of the navigation, and the record page; pages do not know each other."""
