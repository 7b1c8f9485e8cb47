"""Where a document disagrees with itself or leaves a question open, and the readings that follow."""
