"""Coders: rules, a classifier and typed extractors propose; the combiner puts their votes together."""
