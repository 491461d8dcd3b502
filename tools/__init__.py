"""Chores of the repository: set-up, and what is generated. Run as scripts, by the Makefile."""
