"""What is decided: amounts, the pools they come from, and the ledger."""
