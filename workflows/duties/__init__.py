"""Who may have which part in a case: conflicts of interest, the human behind an account, and the order of a queue."""
