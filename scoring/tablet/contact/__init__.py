"""A judge's device comes by: how it is, whom it calls, what it is asked; and the door of a withdrawn one."""
