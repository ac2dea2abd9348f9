"""The sample templates that come with the product, written here and kept as Word files beside the handlers."""
