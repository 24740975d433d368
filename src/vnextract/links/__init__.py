"""Which fact belongs to which: holders of posts, owners of figures."""
