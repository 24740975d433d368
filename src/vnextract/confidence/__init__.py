"""How sure each fact is: the probability that it is right, learnt from what annotated articles say of such facts."""
