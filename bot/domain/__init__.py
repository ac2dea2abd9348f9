"""Decides: pure functions and frozen dataclasses, without I/O, ORM or clock."""
