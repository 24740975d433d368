"""Language knowledge as tables, each with its source named, and the one loader that reads them."""
