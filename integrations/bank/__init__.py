"""Bank statements in the forms that Ukrainian banks give: 1CClientBankExchange, its XML variant, and any table."""

from integrations.bank.reading import LARGEST, Tables, read

__all__ = ["LARGEST", "Tables", "read"]
