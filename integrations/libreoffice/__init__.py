"""Documents as PDF by LibreOffice, where it is installed."""

from integrations.libreoffice.converting import LibreOffice

__all__ = ["LibreOffice"]
