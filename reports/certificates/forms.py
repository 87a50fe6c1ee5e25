"""The form that ends a certificate."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from reports.certificates.services import REASON_MAXIMUM


class EndForm(FlaskForm):
    """Why a certificate is revoked or issued anew."""

    reason = TextAreaField(
        _l("Reason"),
        validators=[InputRequired(_l("Say why.")), Length(max=REASON_MAXIMUM)],
        description=_l("Everybody who checks the old certificate reads this. No ID or phone numbers."),
    )
