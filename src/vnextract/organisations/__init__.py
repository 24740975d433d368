"""Organisations: every body that the article names, in full."""
