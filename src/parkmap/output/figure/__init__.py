"""Still pictures of a map page: PNG, SVG and PDF for paper and for reports."""
