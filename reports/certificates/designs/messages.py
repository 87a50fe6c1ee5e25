"""The words for what is refused about templates."""

from flask_babel import lazy_gettext as _l

from core.refusals import register

register(
    {
        "TEMPLATE_FAULT": _l("%(where)s cannot be “%(value)s”. Correct it and save again."),
        "TEMPLATE_BASE": _l("This template is not there any more. Choose another one."),
        "TEMPLATE_MANY": _l("There are %(maximum)s templates already. Remove one that nobody needs."),
        "TEMPLATE_CHANGED": _l("Somebody else has saved this template meanwhile. Open it again."),
        "TEMPLATE_USED": _l("%(events)s print with this template. Choose another one there first."),
        "TEMPLATE_PICTURE": _l(
            "The picture is larger than %(megabytes)s MB or %(millions)s million pixels. Make it smaller: "
            "300 dots an inch are enough."
        ),
        "TEMPLATE_CLEAR": _l(
            "A picture of more than %(millions)s million pixels must not have clear parts. Save it on white, "
            "or as JPEG."
        ),
        "TEMPLATE_PICTURES": _l("A template holds at most %(maximum)s pictures."),
    }
)
