"""The names of the coders that look at sentences, the score at which a cue speaks clearly, and when it is alone."""

RULES = "rules"
CLASSIFIER = "classifier"
CLEAR_CUE = 0.7
"""Score of a passage with one cue that nothing speaks against."""
ALONE = "alone"
"""Feature of a rules' vote on a document whose language the model has not learnt."""
