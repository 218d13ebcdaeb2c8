"""Openbook: an offline exam simulator for medical-coding certification."""

__version__ = "0.1.0"
