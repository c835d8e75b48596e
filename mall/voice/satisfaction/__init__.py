"""The satisfaction survey (SKM, PermenPANRB 14/2017): one anonymous answer for every closed case."""
