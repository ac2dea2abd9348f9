"""The neutral kernel of the conversation: it sees no messenger."""
