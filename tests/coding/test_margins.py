"""Large margins, one label against the rest."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from extractor.coding.margins import fit_margins


def test_each_label_is_parted_and_rare_ones_are_not_lost() -> None:
    generator = np.random.default_rng(0)
    truth = np.zeros((60, 2))
    truth[:30, 0], truth[55:, 1] = 1.0, 1.0
    features = csr_matrix(np.hstack([truth, generator.normal(0, 0.1, (60, 4))]))
    weights, intercepts, left_out = fit_margins(features, truth)
    assert (weights.shape, intercepts.shape, left_out.shape) == ((6, 2), (2,), (60, 2))
    assert ((features @ weights + intercepts > 0) == (truth > 0)).all()
    assert ((left_out > 0) == (truth > 0)).mean() > 0.95


def test_a_label_of_two_passages_can_be_left_out() -> None:
    truth = np.array([[1.0]] * 2 + [[0.0]] * 8)
    _, _, left_out = fit_margins(csr_matrix(np.hstack([truth, 1 - truth])), truth)
    assert (left_out[:2] > left_out[2:].max()).all()
