"""Remembers: models, one repository per aggregate, and the books that hand out transactions."""
