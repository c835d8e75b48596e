"""The form of any service over several pages, and the list of what is still to do."""
