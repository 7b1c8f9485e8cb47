"""What each page shows, from its results: plain values, nothing drawn yet."""
