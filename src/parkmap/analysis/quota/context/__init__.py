"""What stands beside an allocation: developable land, used land, capped supports."""
