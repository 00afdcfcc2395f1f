"""The counter: everything the window and the hatch may ask for. One verb is one transaction."""
