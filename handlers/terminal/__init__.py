"""The command line's words, and the commands that need no outside system; the rest of them is in main.py."""
