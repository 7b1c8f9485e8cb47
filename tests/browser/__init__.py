"""The map page in a real browser."""
