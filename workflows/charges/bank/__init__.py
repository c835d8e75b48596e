"""The daily tie-out: what the bank says has come, against what the books say."""
