"""The hatch beside the window: the same services for scripts, for tests, and for machines without a screen."""
