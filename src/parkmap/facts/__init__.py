"""What a number is called, measured in and read as, declared once: columns, tables of facts, their plain forms."""
