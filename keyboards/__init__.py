"""Describes keyboards, by subject; never draws them."""
