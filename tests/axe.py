"""axe-core, which finds what people with weak sight or without a mouse cannot use."""

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

FOLDER = Path(__file__).resolve().parent / "vendor" / "axe-core-4.14.1"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Nothing is fetched ahead: that serves two rules alone, one about sound that plays by itself, which no page
# has, and one that is an experiment and not among ours.
RUN = """(tags) => axe.run(document, {runOnly: tags, resultTypes: ["violations"], preload: false})
  .then((result) => result.violations.map((rule) => [rule.id, rule.nodes.map((node) => node.html)]))"""


def bring(window: BrowserContext) -> None:
    """Let each page that this window opens have axe-core: to send it takes longer than its run."""
    window.add_init_script(path=FOLDER / "axe.min.js")


def violations(page: Page, rules: Sequence[str] = RULES) -> list[str]:
    """Return what axe-core finds on the page as it stands."""
    found = page.evaluate(RUN, rules)
    return [f"axe {rule} × {len(nodes)}: {nodes[0][:200]}" for rule, nodes in found]
