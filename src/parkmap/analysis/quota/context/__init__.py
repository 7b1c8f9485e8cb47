"""What belongs to an allocation: developable land, land used so far, capped support."""
