"""Background work in the books: one port, kept by a table on SQLite and by procrastinate on PostgreSQL."""
