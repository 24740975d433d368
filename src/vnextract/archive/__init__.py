"""News archives: mixed files in, tables out.

The way of an article, module by module:

- `files` lists what there is, `unpack` opens it, `read` takes raw articles out of it: with `jsonl`, `delimited` and
  `parquet_rows` (`text_lines` decodes their lines, `rows` makes an article of a row), with `databases`, `feeds`,
  `epub` and `warc` (`payload` undoes what a server did to a page); `items` makes one stream of them;
- `identity` says what tells an article again in a later run, `ledger` keeps which an output holds, and `known` asks
  it which items are new or have changed, and gives each an identifier of its own;
- `prepare` makes an article of a raw one, in a worker process: `encodings` decodes it, `pages` takes it out of its
  page (`page_parts` finds the lead), `office` out of a document, `headlines` finds the headline of a plain text;
- `work` has it extracted and `forms` puts the record into the form in which it is stored;
- `write` knows what an output's name asks for: `lines` or `parquet`, from which `database` makes one of DuckDB;
- `run` goes on from part to part and from run to run, `checkpoint` keeps how far it has come, `storage` says what a
  disk refuses, `stop` hears signals, `progress` says how it goes; `job` holds the options;
- `query` asks a database, `export` writes the answer into a file, `search` finds articles by their words; `extras` says
  what to install.
"""
