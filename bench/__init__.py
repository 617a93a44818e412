"""Measures the site against its peers at several sizes; `make bench` runs it."""
