"""All files that one command writes, by name."""
