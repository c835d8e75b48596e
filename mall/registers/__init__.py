"""Registers by name: poverty, illness, recipients of programmes. In a schema, under a role and a key of their own."""
