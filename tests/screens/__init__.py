"""Every screen in three languages: within the limits of both messengers, and word for word as it was approved."""
