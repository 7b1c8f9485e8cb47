"""How results are shown: reports, tables, GIS files, map pages."""
