"""The statistical tagger: a linear-chain CRF on syllables, for names that no grammar foresees."""

from vnextract.loading import threads_asleep

with threads_asleep():
    # Loaded here, where everybody who reads an article comes by before numpy is asked for.
    import numpy  # noqa: F401
