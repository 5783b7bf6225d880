"""Opens an exported page in headless Chromium: argv[1] is the page. Needs chromium on the PATH, and nothing of pip.

Every address of the page is one inside it, every identifier is there once, it is printed, and it looks otherwise in dark.
"""

import sys

# This file has the name of the module that it needs.
sys.path.pop(0)

import html.parser
import pathlib
import subprocess
import tempfile

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


exported = pathlib.Path(sys.argv[1]).resolve()
page = Page()
page.feed(exported.read_text("utf-8"))
page.close()
assert not page.open, f"not closed: {page.open}"
assert len(set(page.ids)) == len(page.ids), "an identifier is there twice"
lost = [href for href in page.hrefs if href[:1] != "#" or href[1:] not in set(page.ids)]
assert not lost, f"{len(lost)} links lead nowhere: {lost[:3]}"
assert page.marks, "nothing is marked"

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
print(f"html: {len(page.ids)} places, {page.marks} marked parts, {len(page.hrefs)} links; printed, light and dark")
