"""What is asked: pools, claims and groups, checked, and the region of what they allow."""
