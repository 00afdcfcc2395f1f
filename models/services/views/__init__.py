"""What services hand to the window and to the hatch: plain frozen values, no rows, no sessions."""
