"""Writing an uploaded file anew, in a process of its own with little memory and little time.

Parsers of foreign files are where attacks aim. They run apart from the site, see neither its database
nor its keys, and are stopped when a file asks too much of them.
"""
