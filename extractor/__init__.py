"""deskreview: from an archive of project documents to filled forms with evidence, agreement and reports."""

__version__ = "0.1.0"
