"""The classifier's head: multinomial logistic regression over dense and sparse features at once.

Written out because scikit-learn's wants both kinds in one sparse matrix, which makes training ten times slower,
and is kept by pickle.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Features:
    """The same messages twice: ``dense`` is ``(messages, dimensions)``, ``sparse`` ``(messages, n-grams)``."""

    dense: Floats
    sparse: csr_matrix

    def rows(self, which: NDArray[np.int64]) -> "Features":
        """Some of the messages."""
        return Features(self.dense[which], self.sparse[which])


@dataclass(frozen=True)
class Head:
    """``of_dense`` is ``(dimensions, classes)``, ``of_sparse`` ``(n-grams, classes)``, ``bias`` ``(classes,)``."""

    of_dense: Floats
    of_sparse: Floats
    bias: Floats

    def scores(self, features: Features) -> Floats:
        """How much each message speaks for each class: ``(messages, classes)``."""
        return np.asarray(features.dense @ self.of_dense + features.sparse @ self.of_sparse + self.bias)

    def score(self, dense: Floats, at: NDArray[np.int64], much: Floats) -> Floats:
        """The same for one message, without building matrices: ``(classes,)``."""
        return np.asarray(dense @ self.of_dense + much @ self.of_sparse[at] + self.bias)


def softmax(scores: Floats) -> Floats:
    """Scores to probabilities over the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def train(
    features: Features, targets: NDArray[np.int64], weights: Floats, classes: int, penalty: float, steps: int
) -> Head:
    """Fit by L-BFGS from zero, hence the same every time; ``weights`` counts each message for more or less."""
    dimensions, grams = features.dense.shape[1], features.sparse.shape[1]
    wanted = np.zeros((len(targets), classes), dtype=np.float32)
    wanted[np.arange(len(targets)), targets] = 1.0
    share = (weights / weights.sum()).astype(np.float32)[:, None]
    transposed = features.sparse.T.tocsr()

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        head = _unflatten(flat.astype(np.float32), dimensions, grams, classes)
        scores = head.scores(features)
        scores -= scores.max(axis=1, keepdims=True)
        log_sum = np.log(np.exp(scores).sum(axis=1, keepdims=True))
        error = (np.exp(scores - log_sum) - wanted) * share
        value = -float((share * wanted * (scores - log_sum)).sum())
        value += penalty / 2 * float(flat[:-classes] @ flat[:-classes])
        gradient = np.concatenate(
            [(features.dense.T @ error).ravel(), np.asarray(transposed @ error).ravel(), error.sum(axis=0)]
        ).astype(np.float64)
        gradient[:-classes] += penalty * flat[:-classes]
        return value, gradient

    start = np.zeros((dimensions + grams + 1) * classes)
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps, "maxcor": 8})
    return _unflatten(best.x.astype(np.float32), dimensions, grams, classes)


def _unflatten(flat: Floats, dimensions: int, grams: int, classes: int) -> Head:
    first, second = dimensions * classes, (dimensions + grams) * classes
    return Head(flat[:first].reshape(dimensions, classes), flat[first:second].reshape(grams, classes), flat[second:])
