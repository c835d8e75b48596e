"""Objection and appeal: the applicant's way against a refusal, with clocks of its own (UU 30/2014 art. 75-78)."""
