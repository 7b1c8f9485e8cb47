"""Citations: the clause is found in the text, and what is cited occurs in it."""
