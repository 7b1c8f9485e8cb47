"""Scenarios: supply pools, claims and variants, checked against the plan that they belong to."""
