"""The frozen bundles that outputs read, one module a question."""
