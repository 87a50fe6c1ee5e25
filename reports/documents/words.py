"""The words of the renderers in the language of the request; documents carry them as values."""

from flask_babel import gettext as _

from core.i18n import current_locale
from reports.documents.cells import fingerprint
from reports.documents.model import Document, Words

# Large units that a language counts in; they shorten the axis of a chart.
_SCALES = {"zh": ((10**4, "万"), (10**8, "亿")), "en": ((10**6, "million"), (10**9, "billion"))}
_LANGUAGES = {"zh": "zh-CN", "en": "en"}


def document_words() -> Words:
    """Return the words that every document needs besides its content."""
    locale = current_locale()
    return Words(
        language=_LANGUAGES[locale],
        page=_("Page %(page)s of %(pages)s", page="%(page)s", pages="%(pages)s"),
        cover=_("Cover"),
        overview=_("Key figures"),
        definitions=_("How the figures are counted"),
        figure=_("Figure"),
        value=_("Value"),
        unit=_("Counted in"),
        note=_("Remark"),
        definition=_("How it is counted"),
        other=_("All others"),
        top=_("The first %(shown)s of %(total)s", shown="%(shown)s", total="%(total)s"),
        scaled=_("%(scale)s %(unit)s", scale="%(scale)s", unit="%(unit)s"),
        headed=_("%(label)s (%(unit)s)", label="%(label)s", unit="%(unit)s"),
        scales=_SCALES[locale],
    )


def seal(document: Document) -> str:
    """Return what a document's footer shows to compare two copies, or the PDF with the workbook."""
    return _("Fingerprint %(digits)s", digits=fingerprint(document)[:16])
