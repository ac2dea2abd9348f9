"""The words of the product: extracted, updated and checked by the same code."""
