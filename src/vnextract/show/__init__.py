"""Records to look at: a page, a notebook, a terminal, data frames."""
