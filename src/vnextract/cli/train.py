"""`vnextract train`: models from gold."""

from pathlib import Path
from typing import Annotated

import typer

from vnextract.cli.common import say, told


def train(
    gold: Annotated[list[Path], typer.Argument(help="Gold files, JSONL.", exists=True, dir_okay=False)],
    output: Annotated[Path, typer.Option("--output", "-o", file_okay=False, help="Folder to write the model to.")],
) -> None:
    """Retrain everything that is learnt on annotated articles: names, counted nouns, links, confidence."""
    from vnextract.training import train as train_model

    with told(OSError):
        train_model(gold, output)
    say(f"model written to {output}")
