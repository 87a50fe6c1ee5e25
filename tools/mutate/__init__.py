"""Ask the tests whether they would notice: change the scoring rules in one place at a time.

`python -m tools.mutate [how many] [module …]` tries all changes, a fixed sample (0: all) or some modules, and
lists the changes that no test noticed. A survivor is a question: is a test missing, is the code dead, or does
the change change nothing? What changes nothing stands with its reason in `equivalents.toml`.
"""
