"""What tests stand on: a wholesaler with a price list, and people who talk to it."""
