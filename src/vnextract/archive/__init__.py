"""News archives: mixed files in, tables out.

The way of an article, module by module:

- `files` lists what there is, `unpack` opens it, `read` takes raw articles out of it: with `jsonl`, `delimited` and
  `parquet_rows` (`text_lines` decodes their lines, `rows` makes an article of a row), with `warc` (`payload` undoes
  what a server did to a page); `items` makes one numbered stream of them, `ids` gives each an identifier of its own;
- `prepare` makes an article of a raw one, in a worker process: `encodings` decodes it, `pages` takes it out of its
  page, `fields` finds columns and understands dates;
- `work` has it extracted and `forms` puts the record into the form in which it is stored;
- `write` knows what an output's name asks for: `lines` or `parquet`, from which a DuckDB database is made;
- `run` goes on from part to part, `checkpoint` keeps how far it has come, `retry` which failures are tried again,
  `storage` says what a disk refuses, `stop` hears signals, `progress` says how it goes; `job` holds the options;
- `query` asks a database; `extras` says what to install.
"""
