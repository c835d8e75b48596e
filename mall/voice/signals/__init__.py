"""Signals for the inspectorate: where the log looks unlike that of colleagues who do the same work.

They advise and decide nothing: a signal is a reason to look at cases, told in one sentence with its figures. It has no
consequence of its own, and the unit that it is about never reads it.
"""
