"""Turns Vietnamese press articles into typed records.

>>> import vnextract
>>> record = vnextract.extract("Sáng 16/4, UBND tỉnh Lai Châu họp.", published="2025-04-16")
>>> record.dates[0].first_day.isoformat()
'2025-04-16'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from vnextract.loading import collector_paused
from vnextract.version import __version__

if TYPE_CHECKING:
    from vnextract.archive.read import read_articles
    from vnextract.article import Article
    from vnextract.errors import VnextractError
    from vnextract.language import load
    from vnextract.pipeline import extract, extract_many
    from vnextract.records import ArticleRecord
    from vnextract.show.frames import to_frames
    from vnextract.show.notebook import RecordList

_HOMES = {
    "Article": "vnextract.article",
    "ArticleRecord": "vnextract.records",
    "RecordList": "vnextract.show.notebook",
    "VnextractError": "vnextract.errors",
    "extract": "vnextract.pipeline",
    "extract_many": "vnextract.pipeline",
    "load": "vnextract.language",
    "read_articles": "vnextract.archive.read",
    "to_frames": "vnextract.show.frames",
}

__all__ = [
    "Article",
    "ArticleRecord",
    "RecordList",
    "VnextractError",
    "__version__",
    "extract",
    "extract_many",
    "load",
    "read_articles",
    "to_frames",
]


def __getattr__(name: str) -> Any:
    # Nothing heavy is imported until it is asked for.
    if name not in _HOMES:
        raise AttributeError(f"module 'vnextract' has no attribute {name!r}")
    with collector_paused():
        value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
