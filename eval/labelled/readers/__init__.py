"""Readers of public benchmarks: each turns the files as published into frozen records, and tells file and entry of a fault."""
