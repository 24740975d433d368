"""Data frames of pandas that stand to the left in Jupyter, where words are read from."""

from typing import Any

import pandas


class LeftFrame(pandas.DataFrame):  # type: ignore[misc]
    """A data frame whose cells and headings are left-aligned when Jupyter shows it; in all else it is pandas' own."""

    @property
    def _constructor(self) -> Any:
        return LeftFrame

    def _repr_html_(self) -> str | None:
        html = super()._repr_html_()
        if html is None:
            return None
        left = ' style="text-align: left"'
        for element in ("<td>", "<th>", '<tr style="text-align: right;">'):
            html = html.replace(element, f"{element.split('>')[0].split(' ')[0]}{left}>")
        return str(html)
