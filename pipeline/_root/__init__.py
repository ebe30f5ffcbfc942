"""lexfloor: measure social-security law against the international floor."""

from importlib.metadata import version

__version__ = version("lexfloor")
