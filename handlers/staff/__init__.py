"""The staff's groups: what each desk sees and may do."""
