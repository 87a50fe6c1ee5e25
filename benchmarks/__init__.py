"""Measurements that compare a way of doing something with another one, or with itself at another size."""
