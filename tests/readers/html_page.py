"""Parses an exported page, and opens it in headless Chromium where there is one.

Every address of the page is one inside it, every identifier is there once, it is printed, and it looks otherwise in dark.

Usage: html_page.py FILE
"""

import html.parser
import pathlib
import shutil
import subprocess
import tempfile

import harbour

VOID = {"meta", "br", "hr", "img", "link", "input"}


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.ids, self.hrefs, self.marks = [], [], [], 0

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        assert tag not in {"script", "img", "link", "iframe"}, f"the page has a {tag}"
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if "href" in attributes:
            self.hrefs.append(attributes["href"])
        self.marks += "m" in attributes.get("class", "").split()
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        last = self.open.pop()
        assert last == tag, f"</{tag}> at {self.getpos()} ends a {last}"


def chromium(*arguments):
    command = ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", *arguments]
    subprocess.run(command, check=True, timeout=120, capture_output=True)


exported = harbour.piece("articles.html").resolve()
page = Page()
page.feed(exported.read_text("utf-8"))
page.close()
assert not page.open, f"not closed: {page.open}"
assert len(set(page.ids)) == len(page.ids), "an identifier is there twice"
lost = [href for href in page.hrefs if href[:1] != "#" or href[1:] not in set(page.ids)]
assert not lost, f"{len(lost)} links lead nowhere: {lost[:3]}"
assert page.marks, "nothing is marked"

shown = "there is no Chromium here to open it"
if shutil.which("chromium"):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        pictures = []
        for theme in ("1", "0"):
            picture = folder / f"{theme}.png"
            chromium(f"--blink-settings=preferredColorScheme={theme}", f"--screenshot={picture}", exported.as_uri())
            pictures.append(picture.read_bytes())
        assert all(picture[:4] == b"\x89PNG" for picture in pictures)
        assert pictures[0] != pictures[1], "it looks the same in dark"
        chromium(f"--print-to-pdf={folder / 'page.pdf'}", exported.as_uri())
        assert (folder / "page.pdf").read_bytes()[:4] == b"%PDF"
    shown = "printed, light and dark"
print(f"html: {len(page.ids)} places, {page.marks} marked parts, {len(page.hrefs)} links; {shown}")
