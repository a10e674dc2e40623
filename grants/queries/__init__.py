"""Reads shared by more than one caller, each with a fixed number of queries."""
