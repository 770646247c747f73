"""Makes the book of what lies beside it: the pages of rules, and links to files of the repository."""

import posixpath
import re
import tomllib
from pathlib import Path

from mkdocs.structure.files import File

ROOT = Path(__file__).resolve().parent.parent
# A fenced block, code in a line, or the target of a link; of these, only links are changed.
LINK = re.compile(r"(?ms)^ *```.*?^ *```$|`[^`\n]+`|\]\(([^)\s#]*)(#[^)\s]*)?\)")


def rule_pages():
    """The pages of rules in the order of docs/rules.md, by family: of each its name, its file, and a line about it."""
    families, family = {}, None
    for line in (ROOT / "docs/rules.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            family = line.removeprefix("## ")
        elif found := re.match(r"\| \[`([a-z0-9-]+)`\]\(\.\./(src/rules/\S+\.md)\) \|", line):
            severity, _, options, references, since = (cell.strip() for cell in line[found.end() :].split("|")[:5])
            about = {"Severity": severity, "Options": options, "References": references, "Since": since}
            stated = ". ".join(f"{key}: {value}" for key, value in about.items() if value)
            families.setdefault(family, {})[found[1]] = (found[2], f"{stated}.")
    return families


def page_text(path, about):
    """A rule's page, with what the catalogue says of it below the title."""
    title, text = (ROOT / path).read_text(encoding="utf-8").split("\n", 1)
    return f"{title}\n\n{about}\n{text}"


def package():
    return tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["package"]


def on_config(config):
    rules = next(
        entry["Rules"]
        for section in config.nav
        for chapters in section.values()
        if isinstance(chapters, list)
        for entry in chapters
        if "Rules" in entry
    )
    rules[1:] = [
        {title: [{name: f"rules/{name}.md"} for name in pages]} for title, pages in rule_pages().items()
    ]
    return config


def on_files(files, config):
    for pages in rule_pages().values():
        for name, (path, about) in pages.items():
            files.append(File.generated(config, f"rules/{name}.md", content=page_text(path, about)))
    return files


def on_page_markdown(markdown, page, config, files):
    """Links count from where a page lies in the repository, so that they land there as well."""
    by_path = {path: f"rules/{name}.md" for pages in rule_pages().values() for name, (path, _) in pages.items()}
    by_page = {name: path for path, name in by_path.items()}
    own = page.file.src_uri
    folder = posixpath.dirname(by_page.get(own, f"docs/{own}"))
    about = package()

    def land(match):
        target, anchor = match[1], match[2] or ""
        if not target or "://" in target or target.startswith("mailto:"):
            return match[0]
        path = posixpath.normpath(posixpath.join(folder, target))
        page_path = by_path.get(path, path.removeprefix("docs/") if path.startswith("docs/") else None)
        if page_path is not None and files.get_file_from_path(page_path):
            return f"]({posixpath.relpath(page_path, posixpath.dirname(own) or '.')}{anchor})"
        if not (ROOT / path).exists():
            # As it is, so that the build warns of it.
            return match[0]
        kind = "tree" if (ROOT / path).is_dir() else "blob"
        return f"]({about['repository']}/{kind}/v{about['version']}/{path}{anchor})"

    return LINK.sub(land, markdown)
