"""``./run bench``: what a page costs, and whether more records make it dearer."""
