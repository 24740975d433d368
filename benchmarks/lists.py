"""Lists: are the bounds of bodies and the posts of people right, in forms that the press prints?

    python benchmarks/lists.py GOLD.jsonl [GOLD.jsonl ...] [--lists 20] [--seed 5]

The forms stand in `lists.tsv`, most of them those of lists whose lines a site has joined. The bodies are names that the
gold has, six to twelve of one kind with the same first word; the people and their posts are made up. Training makes
lists of its own (`vnextract.names.tagger.lists`): for a fair figure give gold that the model has not learnt from.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

import vnextract
from vnextract.evaluate import plain
from vnextract.gold import read_gold

TABLE = Path(__file__).with_name("lists.tsv")
PLACES = ("xã Yên Mỹ", "phường Hải Châu", "quận 3", "TP Huế", "Hà Nội", "Bắc Ninh", "huyện Đông Anh", "xã Tân Hưng")
BEFORE = "Sáng 4/5, danh sách được công bố. Cụ thể như sau: "
AFTER = "Danh sách sẽ được bổ sung trong tháng tới."
NAMES = (
    ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô"),
    ("Văn", "Đức", "Minh", "Quang", "Hữu", "Xuân", "Thanh"),
    (
        "Anh",
        "Bình",
        "Cường",
        "Dũng",
        "Giang",
        "Hà",
        "Hùng",
        "Khánh",
        "Lan",
        "Long",
        "Mai",
        "Nam",
        "Phong",
        "Sơn",
        "Tâm",
    ),
)
FIELDS = ("Y tế", "Tài chính", "Nội vụ", "Xây dựng", "Công Thương", "Tư pháp", "Giáo dục và Đào tạo")
COMMUNES = ("Tân Hưng", "Yên Mỹ", "Hòa Bình", "Phú Lộc", "An Châu", "Đông Sơn", "Long Thành", "Bình Minh")
POSTS = (
    [("Bộ trưởng", f"Bộ {field}") for field in FIELDS],
    [("Giám đốc", f"Sở {field} tỉnh Lai Châu") for field in FIELDS],
    [("Chủ tịch", f"Ủy ban nhân dân xã {commune}") for commune in COMMUNES],
    [("Bí thư", f"Đảng ủy xã {commune}") for commune in COMMUNES],
)
KINDS = ("education", "health", "company", "police", "government", "judiciary", "party", "military", "association")


def forms(kind: str) -> list[str]:
    """The forms of lists of one kind."""
    lines = (line.split("\t") for line in TABLE.read_text(encoding="utf8").splitlines()[2:])
    return [form.replace("␣", " ").replace("⏎", "\n") for sort, form in lines if sort == kind]


def names_of(paths: Sequence[str]) -> list[list[str]]:
    """The names of gold by kind and first word, where there are eight."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for article in read_gold(paths):
        for one in article.organisations:
            printed = article.text[one.span.start : one.span.end]
            if one.kind in KINDS and len(printed.split()) > 2 and "\n" not in printed:
                found[one.kind, printed.split()[0]].add(printed)
    return [sorted(names) for _, names in sorted(found.items()) if len(names) >= 8]


def fillings(number: int, chance: Random) -> dict[str, str]:
    """What stands in an entry beside names: its number, a count, a telephone number, a place."""
    figure, phone = str(chance.randint(20, 900)), f"0912{chance.randint(100_000, 999_999)}"
    return {"n": str(number), "figure": figure, "phone": phone, "place": chance.choice(PLACES)}


def bodies(form: str, names: Sequence[str], chance: Random) -> tuple[int, int, int]:
    """How many bodies of a list are right, found, there."""
    text, right = BEFORE, set()
    head, _, tail = form.partition("{body}")
    for number, name in enumerate(chance.sample(names, min(len(names), chance.randint(6, 12))), 1):
        filled = fillings(number, chance)
        text += head.format(**filled)
        start = len(text)
        text += name + tail.format(**filled)
        right.add((start, start + len(name)))
    record = vnextract.extract(text.rstrip() + " " + AFTER, published="2026-05-04")
    found = {(mention.start, mention.end) for body in record.organisations for mention in body.mentions}
    return len(found & right), len(found), len(right)


def posts(form: str, chance: Random) -> tuple[int, int, int]:
    """How many posts of a list are right, found, there."""
    text, right = BEFORE, set()
    people = [" ".join(map(chance.choice, NAMES)) for _ in range(chance.randint(5, 8))]
    for number, (name, post) in enumerate(zip(dict.fromkeys(people), chance.choice(POSTS), strict=False), 1):
        text += form.format(name=name, post=" ".join(post), **fillings(number, chance))
        right.add((name, *map(plain, post)))
    record = vnextract.extract(text.rstrip() + " " + AFTER, published="2026-05-04")
    found = {
        (person.name, plain(post.title), plain(post.organisation))
        for person in record.officials
        for post in person.positions
    }
    return len(found & right), len(found), len(right)


def table(counts: Mapping[str, Sequence[tuple[int, int, int]]]) -> Iterator[str]:
    """A line a form, and one for all: precision, recall, F1."""
    every = [count for found in counts.values() for count in found]
    for form, found in (*counts.items(), ("all", every)):
        right, given, wanted = (sum(column) for column in zip(*found, strict=True))
        precision, recall = right / max(given, 1), right / wanted
        yield f"{form!r:45}{precision:8.3f}{recall:8.3f}{2 * right / (given + wanted):8.3f}"


def main() -> None:
    """Make the lists and print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--lists", type=int, default=20, help="lists of each form")
    parser.add_argument("--seed", type=int, default=5)
    given = parser.parse_args()
    chance, groups = Random(given.seed), names_of(given.gold)
    print(f"{'bodies: exact bounds':45}{'P':>8}{'R':>8}{'F1':>8}")
    made = {form: [bodies(form, chance.choice(groups), chance) for _ in range(given.lists)] for form in forms("body")}
    print("\n".join(table(made)))
    print(f"\n{'posts: title and body':45}{'P':>8}{'R':>8}{'F1':>8}")
    made = {form: [posts(form, chance) for _ in range(given.lists)] for form in forms("post")}
    print("\n".join(table(made)))


if __name__ == "__main__":
    main()
