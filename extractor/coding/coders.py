"""The names of the coders that look at sentences, and the score at which a cue speaks clearly."""

RULES = "rules"
CLASSIFIER = "classifier"
CLEAR_CUE = 0.7
"""Score of a passage with one cue that nothing speaks against."""
