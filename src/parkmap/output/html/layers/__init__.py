"""Layers that stand on every page of a plan or of parcels, as plain values."""
