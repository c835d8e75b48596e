"""Years of invented cases, written fast through the same schema, for figures, benchmarks and demonstrations.

Every case is closed, has its whole chain of events and a ledger that tiles; `check_invariants` finds nothing. It has
no papers, no answers and no ticks of a verifier: what nobody reads of a closed case of long ago.
"""
