"""What is wrong with a package, as (code, where) pairs."""

Finding = tuple[str, str]


class RefusedError(Exception):
    """The package cannot be computed beyond this point."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(findings)
        self.findings = findings


class UnspecifiedError(Exception):
    """The text of the format does not say what happens here; a comparison makes no sense."""


def refuse(findings: list[Finding]) -> None:
    """Stop where there is any finding."""
    if findings:
        raise RefusedError(findings)
