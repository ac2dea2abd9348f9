"""Every word said to a person: one module per subject."""
