"""What account pages say when a step is refused."""

from flask_babel import lazy_gettext as _l

from core.refusals import register

register(
    {
        "LOGIN_TAKEN": _l("The sign-in name %(login)s is taken. Choose another."),
        "LAST_ADMIN": _l(
            "%(name)s is the only administrator who can sign in. Make somebody else an administrator first."
        ),
        "USER_DISABLED": _l("The account of %(name)s is disabled. Enable it first."),
        "ALREADY_DISABLED": _l("The account of %(name)s is disabled already."),
        "NOT_DISABLED": _l("The account of %(name)s is not disabled."),
        "GRANT_HELD": _l("%(name)s holds this role already."),
        "GRANT_GONE": _l("This role has been withdrawn already."),
        "LINK_GONE": _l("This link has been used, has expired or was replaced. Ask for a new one."),
        "PASSWORD_CHANGED_MEANWHILE": _l(
            "The password was changed in the meantime. Sign in again with the new one."
        ),
    }
)
