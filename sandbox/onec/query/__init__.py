"""The query language of the interface: `$filter` and conditions of virtual tables, `$select`, `$orderby`."""
