"""Who is who across an archive: bodies, people and their careers, series of figures, stories."""
