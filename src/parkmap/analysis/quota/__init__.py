"""Who gets how much land: integer square metres, exact totals.

`solve` is the door. It takes a checked problem (`model`) to shares (`methods`), to whole square metres (`rounding`),
to amounts, draws and a ledger (`outcome`), or says why there are none (`conflict`). `study` asks further questions of a
problem and its outcomes; `beside` reckons what is told next to them.
"""
