"""Measurements of the whole: accuracy against manual reviews."""
