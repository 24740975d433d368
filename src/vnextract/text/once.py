"""A property that is computed on first use and kept, without a lock."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class once(Generic[T]):
    """As `functools.cached_property`, whose lock all objects share before Python 3.12.

    A process that is forked while another thread holds that lock waits for it without end. Here two threads may both
    compute the value; they compute the same one.

    >>> class Article:
    ...     @once
    ...     def words(self) -> list[str]:
    ...         return ["Họp", "báo"]
    >>> article = Article()
    >>> article.words is article.words
    True
    """

    def __init__(self, compute: Callable[[Any], T]) -> None:
        self._compute = compute
        self._name = compute.__name__
        self.__doc__ = compute.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> "once[T]": ...
    @overload
    def __get__(self, instance: object, owner: type | None = None) -> T: ...
    def __get__(self, instance: object | None, owner: type | None = None) -> "once[T] | T":
        """The value; it is kept in the object itself, where Python finds it before this."""
        if instance is None:
            return self
        value: T = self._compute(instance)
        instance.__dict__[self._name] = value
        return value
