"""From a published industrial plan to a checked spatial model: coverage, adjacency, land quota, offline maps."""
