"""Requests for public information (UU 14/2008, PerKI 1/2021): from anybody to the PPID of an agency.

Who asked, in which words and for what is ciphertext. Nothing is withheld without a consequence test that names the
letter of the law; the registers that everybody may read show no person.
"""
