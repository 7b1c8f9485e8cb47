"""Reports as tables for people: one table model for the terminal and for CSV."""
