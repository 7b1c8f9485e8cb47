"""The command line: one command per file, no logic; data on stdout, talk on stderr.

Exit codes: 0 fine; 1 findings or unmet targets, where the user asked to fail on them; 2 usage or invalid input.
"""
