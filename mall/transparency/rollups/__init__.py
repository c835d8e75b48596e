"""Exact counts of what happened, folded from the outbox within seconds and proven every night.

Nothing here leaves the house: what the public may see is published by `mall.releases`.
"""
