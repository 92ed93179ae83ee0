"""What the program counts about itself, in the text format of Prometheus. Labels never hold what people wrote."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

_PREFIX: Final = "mianzheng_"
# Upper bounds of the classes of durations, in seconds.
_BOUNDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)

Labels = tuple[tuple[str, str], ...]


class Metrics:
    """Counters, durations and gauges of one process."""

    def __init__(self) -> None:
        self._counts: dict[str, Counter[Labels]] = {}
        self._durations: dict[str, dict[Labels, _Durations]] = {}
        self._gauges: dict[str, Callable[[], float]] = {}

    def count(self, name: str, **labels: str) -> None:
        """Adds one to a counter."""
        self._counts.setdefault(name, Counter())[tuple(labels.items())] += 1

    def observe(self, name: str, seconds: float, **labels: str) -> None:
        """Adds a duration."""
        by_labels = self._durations.setdefault(name, {})
        durations = by_labels.get(key := tuple(labels.items()))
        if durations is None:
            durations = by_labels[key] = _Durations()
        durations.add(seconds)

    def watch(self, name: str, read: Callable[[], float]) -> None:
        """Shows a value that is read whenever somebody looks."""
        self._gauges[name] = read

    def render(self) -> str:
        """Everything, one line a number."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        for name, counts in self._counts.items():
            yield f"# TYPE {_PREFIX}{name}_total counter"
            yield from (f"{_PREFIX}{name}_total{_braced(labels)} {count}" for labels, count in counts.items())
        for name, by_labels in self._durations.items():
            yield f"# TYPE {_PREFIX}{name}_seconds histogram"
            for labels, durations in by_labels.items():
                yield from durations.lines(f"{_PREFIX}{name}_seconds", labels)
        for name, read in self._gauges.items():
            yield f"# TYPE {_PREFIX}{name} gauge"
            yield f"{_PREFIX}{name} {read():g}"


class _Durations:
    """A histogram with the bounds above."""

    def __init__(self) -> None:
        self._classes = [0] * (len(_BOUNDS) + 1)
        self._sum = 0.0

    def add(self, seconds: float) -> None:
        self._classes[bisect_left(_BOUNDS, seconds)] += 1
        self._sum += seconds

    def lines(self, name: str, labels: Labels) -> Iterator[str]:
        count = 0
        for bound, more in zip((*map(str, _BOUNDS), "+Inf"), self._classes, strict=True):
            count += more
            yield f"{name}_bucket{_braced((*labels, ('le', bound)))} {count}"
        yield f"{name}_sum{_braced(labels)} {self._sum:.6f}"
        yield f"{name}_count{_braced(labels)} {count}"


def _braced(labels: Labels) -> str:
    return "{" + ",".join(f'{name}="{_escape(value)}"' for name, value in labels) + "}" if labels else ""


def _escape(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
