"""Open data: the catalogue, a page for each data set with all its periods, files, DCAT and a CKAN-shaped read API.

What machines fetch here is readable from every site and sets no cookie; it holds published releases only.
"""
