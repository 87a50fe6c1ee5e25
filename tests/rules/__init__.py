"""Sentences of the rule book about scoring/rules; every expected value is worked by hand."""
