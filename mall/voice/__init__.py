"""What people say of the mall. Today: reports of illegal levies, in `levies`."""
