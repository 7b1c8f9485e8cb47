"""Outcome: amounts, the pools they come from, and the ledger."""
