"""Charts as values: each answers the question in its title and knows its figures as a table.

Positions are exact decimals worked out here; templates only place them, classes colour them.
"""
