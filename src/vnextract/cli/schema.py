"""`vnextract schema`."""

import json


def schema() -> None:
    """Print the JSON Schema of a record."""
    from vnextract.records import ArticleRecord

    print(json.dumps(ArticleRecord.model_json_schema(mode="serialization"), ensure_ascii=False, indent=2))
