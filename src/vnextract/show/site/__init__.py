"""The report of a linked archive: a folder of static pages with search, bodies, people, series and stories."""
