"""The folder with everything that is learnt: the shipped one, or the one that an environment variable names."""

import os
from importlib.resources import files
from pathlib import Path

MODEL_VARIABLE = "VNEXTRACT_MODEL"
"""The environment variable that names a model folder to use in place of the shipped one.

Worker processes and Spark's executors inherit the environment, so one setting reaches them all.
"""


def model_file(name: str) -> tuple[str, bytes | None]:
    """A file of the model folder in use: where it is, and what it holds; None where no folder has it.

    A folder that holds a part alone leaves the rest as it was shipped.

    >>> model_file("no such file")[1] is None
    True
    """
    named = os.environ.get(MODEL_VARIABLE)
    if named and (path := Path(named) / name).exists():
        return str(path), path.read_bytes()
    shipped = files("vnextract.names.tagger") / "models" / name
    return str(shipped), shipped.read_bytes() if shipped.is_file() else None
