"""Speed of the tagger on one core, features included, beside the usual toolkit's `ner`.

    python benchmarks/tagger_speed.py [--alone]

Both read the same articles: those of the file named by VNEXTRACT_NEWS (gzipped JSON lines with `text`), else corpus/.
Normalising and cutting into sentences and syllables is done before the clock starts for ours; the grammar of bodies,
whose reading is a feature, is inside it. Processor time, best of three runs after one to warm up.
"""

import gzip
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from vnextract.tagging.model import shipped_model
from vnextract.text.document import Text

ROOT = Path(__file__).resolve().parents[1]
ARTICLES = 300
NER_ARTICLES = 40
RUNS = 3


def articles(count: int) -> list[str]:
    archive = Path(os.environ.get("VNEXTRACT_NEWS", ""))
    if archive.is_file():
        with gzip.open(archive, "rt", encoding="utf8") as lines:
            return [json.loads(line)["text"] for line in islice(lines, count)]
    paths = sorted((ROOT / "corpus").glob("*.jsonl"))
    return [json.loads(line)["text"] for path in paths for line in path.open(encoding="utf8")][:count]


def segmented(texts: Sequence[str]) -> list[Text]:
    made = [Text(text) for text in texts]
    for text in made:
        assert text.sentences is not None and text.syllables is not None
    return made


def seconds(run: Callable[[], object]) -> float:
    begin = time.process_time()
    run()
    return time.process_time() - begin


def tagger_rate(texts: Sequence[str]) -> float:
    model = shipped_model()

    def tag(made: Sequence[Text]) -> None:
        for text in made:
            model.names(text)

    count = sum(len(text.syllables) for text in segmented(texts))
    tag(segmented(texts[:20]))
    runs = [segmented(texts) for _ in range(RUNS)]
    return count / min(seconds(lambda made=made: tag(made)) for made in runs)  # type: ignore[misc]


def peer_rate(texts: Sequence[str]) -> float:
    from underthesea import ner, sent_tokenize

    sentences = [sentence for text in texts for sentence in sent_tokenize(text)]
    count = sum(len(text.syllables) for text in segmented(texts))
    ner(sentences[0])
    return count / seconds(lambda: [ner(sentence) for sentence in sentences])


def main() -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    texts = articles(ARTICLES)
    print(f"tagger, features included   {tagger_rate(texts):>10,.0f} syllables a second")
    if "--alone" not in sys.argv:
        print(f"underthesea.ner             {peer_rate(texts[:NER_ARTICLES]):>10,.0f} syllables a second")


if __name__ == "__main__":
    main()
