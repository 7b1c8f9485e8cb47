"""What adjoins what: contiguity with border lengths, distance bands, nearest neighbours, and what follows from them."""

from parkmap.analysis.adjacency.items import EXACT, TOUCHING, Adjacency, Contact, adjacency

__all__ = ["EXACT", "TOUCHING", "Adjacency", "Contact", "adjacency"]
