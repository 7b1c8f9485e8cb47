"""Allocation of land quotas: whole square metres, exact totals.

`solve` is the entry point. It takes a checked problem (`model`) to shares (`methods`), to whole square metres
(`rounding`), to amounts, draws and a ledger (`outcome`), or explains why there are none (`conflict`). `study` holds
sensitivity and comparison, `context` what belongs to an allocation: developable land, land used so far, support.
"""
