"""Names of bodies, persons and places: a grammar and a learnt tagger propose, one decision settles each stretch."""
