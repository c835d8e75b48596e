"""What must be true of every row at every moment, asked in SQL that shares nothing with the models."""
