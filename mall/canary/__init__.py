"""The canary: walks a case of a service through its whole route, in a lane of its own, to see that it works.

The walk uses the same service functions as people do, with scripted actors who cannot log in. Its cases
count in no figure, its numbers come from series of their own, and its messages are captured, not sent.
"""
