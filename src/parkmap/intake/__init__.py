"""Users' own files, read into the terms of plans and scenarios; every fault named by file, sheet, row and column."""
