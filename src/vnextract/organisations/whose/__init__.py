"""Whose body a name leaves open is: the places, bodies and countries it may belong to, the cues, one learnt choice."""
