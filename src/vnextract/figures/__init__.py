"""Indicators: every figure, its unit, and what it measures."""
