"""Adjacency: contiguity with border lengths, distance bands, nearest neighbours, and what follows from them."""

from parkmap.analysis.adjacency.contiguity import EPS_M, Kind, contiguity
from parkmap.analysis.adjacency.graph import Graph, graph_of
from parkmap.analysis.adjacency.items import EXACT, NEAR, TOUCHING, Adjacency, Contact, adjacency
from parkmap.analysis.adjacency.result import Contiguity
from parkmap.analysis.adjacency.tolerant import ROUNDING_M

__all__ = [
    "EPS_M",
    "EXACT",
    "NEAR",
    "ROUNDING_M",
    "TOUCHING",
    "Adjacency",
    "Contact",
    "Contiguity",
    "Graph",
    "Kind",
    "adjacency",
    "contiguity",
    "graph_of",
]
