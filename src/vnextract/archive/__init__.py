"""News archives: mixed files in, tables out."""
