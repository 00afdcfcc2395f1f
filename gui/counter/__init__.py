"""The counter as the window sees it: a Protocol for each service, in the rooms of models/services."""
