"""Complaints about services (UU 25/2009, Perpres 76/2013): from anybody, tied to a case if wished, with own clocks.

Who handles them holds no other role. What a confidential reporter says of herself is read by the central handler alone;
of an anonymous one nothing is kept. Delete this folder, its lines in `urls.py` and `apps.py`, and the feature is gone.
"""
