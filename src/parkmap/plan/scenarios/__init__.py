"""Scenarios: supply pools, claims and variants, held against the plan that they belong to."""
