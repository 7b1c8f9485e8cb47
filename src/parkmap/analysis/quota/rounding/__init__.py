"""From shares to whole square metres, so that every total agrees."""
