"""Quota problems: pools, claims and groups, checked, and the feasible region."""
