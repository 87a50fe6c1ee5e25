"""The refusals that the rule book of the field demands (invalid inputs and required answers), row by row."""
