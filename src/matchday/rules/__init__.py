"""Room 2: what is asked, by whom, since when, and who says so."""

from matchday.rules.evaluate import check
from matchday.rules.load import Rules, rules
from matchday.rules.model import UNKNOWN, Citation, Finding, Parameter, Reading, Report, Value

__all__ = ["UNKNOWN", "Citation", "Finding", "Parameter", "Reading", "Report", "Rules", "Value", "check", "rules"]
