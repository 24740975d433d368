"""`vnextract train`: models from gold."""

from pathlib import Path
from typing import Annotated

import typer

from vnextract.cli.common import say, told


def train(
    gold: Annotated[list[Path], typer.Argument(help="Gold files, JSONL.", exists=True, dir_okay=False)],
    output: Annotated[Path, typer.Option("--output", "-o", file_okay=False, help="Folder to write the model to.")],
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show every step of the tagger's optimiser.")
    ] = False,
) -> None:
    """Retrain everything that is learnt on annotated articles: names, counted nouns, links, confidence.

    Prints what to expect of it: the scores of the articles, each read with models that were trained on the others.
    """
    from vnextract.cli.evaluate import show_reliability, show_scores
    from vnextract.names.tagger.train import Settings
    from vnextract.training import train as train_model

    with told(OSError):
        trained = train_model(gold, output, Settings(verbose=verbose), say)
    show_scores(trained.scores)
    show_reliability(trained.sure)
    say(f"model written to {output}")
