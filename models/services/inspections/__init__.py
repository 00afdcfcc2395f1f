"""自查自纠: checklists, patrols, campaigns, pollution sources, and what they found."""
