"""Studies of an allocation: sensitivity, the price of fairness, comparison."""
