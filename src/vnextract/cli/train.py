"""`vnextract train`: models from gold."""

from pathlib import Path
from typing import Annotated

import typer

from vnextract.cli.common import say, told


def train(
    gold: Annotated[list[Path], typer.Argument(help="Gold files, JSONL.", exists=True, dir_okay=False)],
    output: Annotated[Path, typer.Option("--output", "-o", file_okay=False, help="Folder to write the model to.")],
) -> None:
    """Retrain the tagger of names and the weights of links and of counted nouns on annotated articles."""
    from vnextract.figures.train import train as train_nouns
    from vnextract.links.train import train as train_model

    with told(OSError):
        train_model(gold, output)
        train_nouns(gold, output)
    say(f"model written to {output}")
