"""The words for files that are not taken."""

from flask_babel import lazy_gettext as _l

from core.refusals import register

register(
    {
        "UPLOAD_MISSING": _l("Choose a file."),
        "UPLOAD_EMPTY": _l("The file is empty. Choose another one."),
        "UPLOAD_LARGE": _l("The file is larger than %(megabytes)s MB. Make it smaller or split it."),
        "UPLOAD_KIND": _l("Files of this kind are not taken. Possible are: %(kinds)s."),
        "UPLOAD_OTHER": _l(
            "The name ends in .%(kind)s, but the file is something else. Save it again from the program that "
            "made it."
        ),
        "UPLOAD_OLD": _l(
            "This is a file of an old Office form. Save it as .docx, .xlsx or .pptx, or export a PDF."
        ),
        "UPLOAD_LOCKED": _l(
            "The file is protected by a password. Take the password off and choose it again."
        ),
        "UPLOAD_MACRO": _l("The file contains macros; such files are not taken. Save it without macros."),
        "UPLOAD_ACTIVE": _l(
            "The PDF contains a program (JavaScript) or starts one. Print it into a new PDF and choose that."
        ),
        "UPLOAD_DAMAGED": _l(
            "The file cannot be read; it seems to be damaged. Save it again under a new name and choose that."
        ),
        "UPLOAD_BOMB": _l("The file unpacks to far more than a document can be; it was not opened."),
        "FILE_SEALED": _l(
            "This file was sealed with another key than the one this installation has. Whoever looks after "
            "the server puts the data key back that belongs to this database."
        ),
        "UPLOAD_PIXELS": _l(
            "The picture has more than %(millions)s million pixels. Make it smaller and choose it again."
        ),
    }
)
