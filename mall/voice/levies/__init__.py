"""Reports of illegal levies (pungutan liar): from anybody to the inspectorate, unseen by the reported unit.

Who was reported, by whom and with which words is ciphertext; the only readers are inspectors without a tie to
the report. No event stands on the chain of a case, no message is sent, and no figure counts by unit.
"""
