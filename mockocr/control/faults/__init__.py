"""Faults that a tester injects: errors, broken connections, delays and degraded recognitions.

A new kind of fault is one `FaultKind` in the `KINDS` of `vendor_errors`, `wire_faults` or
`degradations`; parsing, validation, the error sentences, the API description and the docs follow.
"""
