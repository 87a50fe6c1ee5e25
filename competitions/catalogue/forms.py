"""Input for the catalogue."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from competitions.catalogue import rules
from competitions.catalogue.services import EntryValues
from competitions.fields import SeveralOf, TextLine


class EntryForm(FlaskForm):
    """An entry of one list; fields that its list has not, or that stay as they are, are taken out."""

    name_zh = TextLine(_l("Chinese name"), maximum=120, required=True)
    name_en = TextLine(_l("English name"), maximum=200)
    code = TextLine(_l("Code"), maximum=20)
    source = TextLine(_l("Source"), maximum=200)
    standard_codes = TextLine(_l("Codes of GB/T 4754"), maximum=200)
    industry_ids = SeveralOf(_l("Industries"))

    def __init__(self, kind: str, entry: Any = None, industries: Any = (), **settings: Any) -> None:
        super().__init__(**settings)
        self.entry = entry
        self.industry_ids.offer(industries)
        if kind not in rules.CODED_KINDS or (entry is not None and entry.code):
            del self.code
        if entry is not None and entry.code_state != "pending":
            del self.source
        if kind != rules.INDUSTRY:
            del self.standard_codes
        if kind != rules.TRADE:
            del self.industry_ids

    def values(self) -> EntryValues:
        """Return what was said."""
        given = {field.name: field.data for field in self if field.name in EntryValues._fields}
        given.setdefault("code", self.entry.code if self.entry is not None else "")
        if "standard_codes" in given:
            given["standard_codes"] = tuple(given["standard_codes"].upper().split())
        if "industry_ids" in given:
            given["industry_ids"] = tuple(given["industry_ids"])
        return EntryValues(**given)
