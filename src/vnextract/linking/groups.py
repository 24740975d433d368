"""Things found to be one, joined step by step."""

from collections.abc import Iterator, Mapping


class Groups:
    """Disjoint groups of names; a group may bear labels, and groups whose labels differ are never joined.

    >>> groups = Groups()
    >>> groups.label("a", "place", "12"), groups.label("b", "place", "14")
    (None, None)
    >>> groups.join("a", "c"), groups.join("c", "b"), groups.first("c") == groups.first("a")
    (True, False, True)
    """

    def __init__(self) -> None:
        self._above: dict[str, str] = {}
        self._labels: dict[str, dict[str, str]] = {}

    def label(self, one: str, kind: str, value: str) -> None:
        """Give the group of a thing a label."""
        self._labels.setdefault(self.first(one), {})[kind] = value

    def first(self, one: str) -> str:
        """The member that stands for the group."""
        top = one
        while (above := self._above.get(top, top)) != top:
            top = above
        while self._above.get(one, one) != top:
            self._above[one], one = top, self._above[one]
        return top

    def labels(self, one: str) -> Mapping[str, str]:
        """The labels of a thing's group."""
        return self._labels.get(self.first(one), {})

    def agree(self, one: str, other: str) -> bool:
        """Whether no label of two groups differs."""
        labels = self.labels(other)
        return all(labels.get(kind, value) == value for kind, value in self.labels(one).items())

    def join(self, one: str, other: str) -> bool:
        """Make two groups one, the smaller name standing for it; says whether they may be."""
        top, low = sorted((self.first(one), self.first(other)))
        if top == low:
            return True
        if not self.agree(top, low):
            return False
        self._above[low] = top
        self._labels[top] = {**self._labels.pop(low, {}), **self._labels.get(top, {})}
        return True

    def members(self) -> Iterator[tuple[str, str]]:
        """Everything that stands below another, with what stands for its group."""
        for one in self._above:
            if (top := self.first(one)) != one:
                yield one, top
