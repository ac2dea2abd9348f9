"""The staff desk over messengers in memory."""
