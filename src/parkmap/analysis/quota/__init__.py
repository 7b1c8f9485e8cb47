"""Who gets how much land: integer square metres, exact totals."""
