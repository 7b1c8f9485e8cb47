"""Why no allocation satisfies every bound, and the cheapest relaxation."""
