"""From a file of an office to checked rows: `sheet` reads, `columns` parse, `checking` says what is wrong and where."""
