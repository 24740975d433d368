"""Dates: points, ranges, lengths and recurring times, resolved against the publication date."""
