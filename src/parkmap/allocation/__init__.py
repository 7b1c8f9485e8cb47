"""From a scenario to the quota engine and back, and what is told beside a quota."""
