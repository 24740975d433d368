"""The statistical tagger: a linear-chain CRF on syllables, for names that no grammar foresees."""
