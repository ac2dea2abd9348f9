"""The services around the book of record, against a ledger in memory."""
