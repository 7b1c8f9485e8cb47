"""What is on the ground: vector layers, read and checked at one door."""
