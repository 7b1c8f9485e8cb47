"""Where new sites should stand: exact location models."""
