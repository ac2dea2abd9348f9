"""Papers a client may ask for: what is offered in the chat, and what is said in them."""
