"""The record of acts as a file."""
