"""Repairs and segments: nothing after this package looks at raw text, nothing in it looks at meaning."""
