"""Each link of the built book lands, each rule has its page, and no page loads anything from elsewhere."""

import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

SITE = Path(sys.argv[1]).resolve()
PROJECT = Path(__file__).resolve().parents[2]
LOADED = {"img": "src", "script": "src", "link": "href", "iframe": "src", "source": "src"}


class Page(HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.ids, self.links, self.loaded = set(), [], []
        self.feed(path.read_text())

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.ids.update(filter(None, (attributes.get("id"), attributes.get("name"))))
        if tag == "a" and attributes.get("href"):
            self.links.append(attributes["href"])
        if attributes.get(LOADED.get(tag)) and attributes.get("rel") != "canonical":
            self.loaded.append(attributes[LOADED[tag]])


def main():
    pages = {path: Page(path) for path in SITE.rglob("*.html")}
    wrong, count = [], 0
    for path, page in pages.items():
        # The page for addresses that do not exist counts from the root of wherever the book is served.
        if path.name == "404.html":
            continue
        for link in page.links + page.loaded:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                if link in page.loaded:
                    wrong.append(f"{path.name} loads {link}")
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            count += 1
            if not target.is_file():
                wrong.append(f"{path.name}: {link} leads nowhere")
            elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
                wrong.append(f"{path.name}: {link} leads to no heading")
    rules = {page.stem for page in (SITE / "rules").glob("*.html")}
    named = set(re.findall(r"^\| \[`([a-z0-9-]+)`\]\(", (PROJECT / "docs/rules.md").read_text(), re.M))
    if rules != named or len(rules) < 100:
        wrong.append(f"rules without a page, or pages without a rule: {sorted(rules ^ named)}")
    if wrong:
        sys.exit("\n".join(wrong))
    print(f"{len(pages)} pages, {len(rules)} of them of rules; {count} links land")


main()
