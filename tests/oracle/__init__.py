"""A second, deliberately simple and slow reading of the scheme format, used by tests only.

It follows the text of the format section by section, shares no code with the product, and works in
fractions from the first digit to the last. Where the product and this oracle differ, the text decides.
"""
