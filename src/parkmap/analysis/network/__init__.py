"""Streets as arrays: snapping, shortest paths, travel times, service areas."""
