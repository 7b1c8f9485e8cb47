"""Layers of very many polygons: their model, their bytes, their tiles."""
