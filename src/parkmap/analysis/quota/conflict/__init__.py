"""Why no allocation obeys every bound, and what is the cheapest way out."""
