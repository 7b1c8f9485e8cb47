"""The only orchestration: one module a question, from a request to results; `analyse` is what all build on."""
