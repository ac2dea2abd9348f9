"""The application: knows no messenger and no outside company."""
