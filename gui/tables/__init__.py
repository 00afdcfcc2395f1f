"""Models and views of tables."""
