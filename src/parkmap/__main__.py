"""Run as ``python -m parkmap``."""

from parkmap.cli.main import main

main()
