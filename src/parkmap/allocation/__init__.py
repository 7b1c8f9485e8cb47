"""From a scenario to the quota engine and back, and the studies that accompany a quota."""
