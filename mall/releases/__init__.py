"""What the public may see: data sets, what of them must be hidden, and the frozen releases that pages and files show.

A face declares a `Dataset` (`datasets.register`) and who publishes it calls `publishing.publish`. Nothing here knows
a person or a face.
"""
