"""What the map page of a plan shows: its layers, the cards of its features, the lists beside the map."""
