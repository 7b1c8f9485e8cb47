"""The interactive map page: one file that asks the network for nothing."""
