"""Blueprints, form assembly, the sitting, its clock, scoring and report. Knows no Qt and no SQL."""
