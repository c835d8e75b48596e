"""The survey as public data sets, and the report of a year made of what they show."""
