"""A pretended payment gateway: a program of its own, with pages to press buttons on. No real money, ever.

Start: `python -m mall.payments.simulator --port 8001`. It keeps its bills in a journal file and speaks to
the mall by signed HTTP only, as a real gateway would.
"""
