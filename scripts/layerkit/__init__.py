"""What the layer scripts share: recipes, construction, measuring and writing of GeoJSON."""
