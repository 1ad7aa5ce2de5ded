"""Figures from judged messages: pure counting, no files, no models."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.nlu.evaluation.messages import Example
from bot.nlu.kinds import is_task

OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Judged:
    """A message with what was understood; ``confidence`` is that of ``taken_for``, ``likeliest`` the best in scope."""

    example: Example
    taken_for: str
    confidence: float
    likeliest: str
    margin: float
    language: str | None
    entities: tuple[tuple[str, str], ...]

    @property
    def right(self) -> bool:
        """Whether the intent is the one meant."""
        return self.taken_for == self.example.intent


@dataclass(frozen=True)
class F1:
    """How many values were found, missed and made up."""

    found: int
    missed: int
    made_up: int

    @property
    def value(self) -> float:
        """The harmonic mean of precision and recall; 1 where there was nothing to find and nothing was."""
        everything = 2 * self.found + self.missed + self.made_up
        return 2 * self.found / everything if everything else 1.0


def accuracy(judged: Iterable[Judged]) -> float:
    """The share of messages whose intent is right, strangers included."""
    right = [one.right for one in judged]
    return sum(right) / len(right) if right else 1.0


def in_scope(judged: Iterable[Judged]) -> list[Judged]:
    """Those that are no strangers."""
    return [one for one in judged if one.example.intent != OUT_OF_SCOPE]


def strangers(judged: Iterable[Judged]) -> list[Judged]:
    """Those that are none of this assistant's business."""
    return [one for one in judged if one.example.intent == OUT_OF_SCOPE]


def refused(judged: Iterable[Judged]) -> float:
    """The share of real requests that were taken for strangers."""
    own = in_scope(judged)
    return sum(one.taken_for == OUT_OF_SCOPE for one in own) / len(own) if own else 0.0


def tasks_started(judged: Iterable[Judged]) -> float:
    """The share of strangers that started a task."""
    foreign = strangers(judged)
    return sum(is_task(one.taken_for) for one in foreign) / len(foreign) if foreign else 0.0


def by(judged: Iterable[Judged], key: Callable[[Judged], str]) -> dict[str, float]:
    """Accuracy by some property of the message."""
    groups: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        groups[key(one)].append(one)
    return {name: accuracy(group) for name, group in sorted(groups.items())}


def confusions(judged: Iterable[Judged], most: int) -> list[tuple[str, str, int]]:
    """What is most often taken for what."""
    counts = Counter((one.example.intent, one.taken_for) for one in judged if not one.right)
    return [(meant, taken, count) for (meant, taken), count in counts.most_common(most)]


def worst(judged: Iterable[Judged], most: int) -> list[Judged]:
    """The wrong ones that were most sure of themselves."""
    return sorted((one for one in judged if not one.right), key=lambda one: -one.confidence)[:most]


def entity_f1(judged: Iterable[Judged]) -> F1:
    """Over every value of the messages whose values are marked."""
    found = missed = made_up = 0
    for one in judged:
        if one.example.values_are_marked:
            wanted = Counter(value for value in one.example.entities if one.example.counts(value[0]))
            got = Counter(value for value in one.entities if one.example.counts(value[0]))
            found += (wanted & got).total()
            missed += (wanted - got).total()
            made_up += (got - wanted).total()
    return F1(found, missed, made_up)


def language_accuracy(judged: Iterable[Judged]) -> float:
    """The share of messages in a language that were not taken for another or for none."""
    told = [one.language == one.example.said_in for one in judged if one.example.said_in is not None]
    return sum(told) / len(told) if told else 1.0


def rejection_curve(judged: Sequence[Judged]) -> list[tuple[float, float, float]]:
    """For each margin of belief: the share of real requests refused and of strangers refused."""
    own, foreign = in_scope(judged), strangers(judged)
    steps = [step / 50 for step in range(-50, 51)]
    return [(step, _below(own, step), _below(foreign, step)) for step in steps]


def _below(judged: Sequence[Judged], margin: float) -> float:
    return sum(one.margin < margin for one in judged) / len(judged) if judged else 0.0
