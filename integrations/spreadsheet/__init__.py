"""Price lists kept by hand: XLSX, XLS and CSV, with the columns guessed by their headers."""

from integrations.spreadsheet.layout import Column, Layout
from integrations.spreadsheet.reading import Plan, plan, tables

__all__ = ["Column", "Layout", "Plan", "plan", "tables"]
