"""Tickets: who is served next at the counters of a site.

A ticket carries a number and a class, never a name. Its events are all that other parts of the mall know of it.
"""
