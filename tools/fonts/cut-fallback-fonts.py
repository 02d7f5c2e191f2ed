"""Cuts the fallback fonts of assets/fonts out of the whole fonts that Debian packages.

Not part of any build: the results lie in the repository. Run again only to take a newer release:

    apt-get install fonts-hanazono fonts-noto-core python3-fonttools
    /usr/bin/python3 tools/fonts/cut-fallback-fonts.py

What is made, and why it is cut, is told in assets/fonts/README.md.
"""

import time
from pathlib import Path

from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[2] / "assets" / "fonts"
HANAZONO = "/usr/share/fonts/truetype/hanazono/HanaMinB.ttf"
NOTO = "/usr/share/fonts/truetype/noto/NotoSans-{}.ttf"

# GB 18030-2022, implementation level 3: beyond the basic block and extension A, which Noto Sans SC has whole,
# extensions B, C, D, E and F as they were when the standard was made.
GB18030_LEVEL_3 = [
    (0x20000, 0x2A6D6),
    (0x2A700, 0x2B734),
    (0x2B740, 0x2B81D),
    (0x2B820, 0x2CEA1),
    (0x2CEB0, 0x2EBE0),
]
# Letters of names in the Latin, Greek and Cyrillic scripts, with marks that are put over them.
LETTERS = [(0x20, 0x24F), (0x250, 0x36F), (0x370, 0x3FF), (0x400, 0x4FF), (0x1E00, 0x1FFF), (0x2000, 0x206F)]

# The outlines are polygons with many more corners than a printer can show: a corner goes when the line without it
# stays within this many of the 1,024 units of the em, a fifth of a dot at 600 dpi and 10 pt.
TOLERANCE = 2.5


def code_points(ranges):
    return {code for first, last in ranges for code in range(first, last + 1)}


def cut(font, wanted, features):
    options = subset.Options()
    options.hinting = False
    options.glyph_names = False
    options.layout_features = features
    options.notdef_outline = True
    options.drop_tables += ["vmtx", "vhea", "BASE", "DSIG", "VORG"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)


def say(font, family, style, licence, url, change):
    names = font["name"]
    kept = {n.nameID: n.toUnicode() for n in names.names if n.nameID in (0, 8, 9) and n.isUnicode()}
    names.names = []
    ps = family.replace(" ", "") + "-" + style
    entries = {
        **kept,
        1: family,
        2: style,
        3: f"{ps};cut from {change}",
        4: f"{family} {style}",
        5: "Version 1.000",
        6: ps,
        10: f"Cut from {change}; see README.md beside the file.",
        13: licence,
        14: url,
    }
    for number, text in sorted(entries.items()):
        names.setName(text, number, 3, 1, 0x409)


def simplified(points):
    """Douglas and Peucker, on a closed outline that is opened at its two corners farthest apart."""
    count = len(points)
    if count < 5:
        return points
    x0, y0 = points[0]
    far = max(range(count), key=lambda i: (points[i][0] - x0) ** 2 + (points[i][1] - y0) ** 2)
    ring = points + points[:1]
    keep = {0, far, count}
    todo = [(0, far), (far, count)]
    while todo:
        a, b = todo.pop()
        (ax, ay), (bx, by) = ring[a], ring[b]
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        worst, at = -1.0, 0
        for i in range(a + 1, b):
            px, py = ring[i][0] - ax, ring[i][1] - ay
            # To the piece, not to the endless line: the ring may turn back on itself.
            t = 0 if length == 0 else max(0, min(1, (px * dx + py * dy) / length))
            distance = (px - t * dx) ** 2 + (py - t * dy) ** 2
            if distance > worst:
                worst, at = distance, i
        if worst > TOLERANCE * TOLERANCE:
            keep.add(at)
            todo += [(a, at), (at, b)]
    kept = [points[i] for i in sorted(keep) if i < count]
    return kept if len(kept) > 2 else points


def simplify(font):
    glyphs = font["glyf"]
    for name in font.getGlyphOrder():
        glyph = glyphs[name]
        if glyph.isComposite() or glyph.numberOfContours < 1:
            continue
        points, ends, flags = glyph.getCoordinates(glyphs)
        if not all(flag & 1 for flag in flags):
            continue
        pen = TTGlyphPen(None)
        start = 0
        for end in ends:
            outline = simplified([tuple(point) for point in points[start : end + 1]])
            pen.moveTo(outline[0])
            for point in outline[1:]:
                pen.lineTo(point)
            pen.closePath()
            start = end + 1
        glyphs[name] = pen.glyph()


def main():
    sc = set(TTFont(FONTS / "NotoSansSC-Regular.ttf").getBestCmap())

    han = TTFont(HANAZONO, lazy=False)
    cut(han, code_points(GB18030_LEVEL_3) - sc, [])
    simplify(han)
    say(
        han,
        "Kiosk Rare Han",
        "Regular",
        "Hanazono Font License: unlimited permission to use, copy and distribute, with or without modification.",
        "http://fonts.jp/hanazono/",
        "HanaMinB of 2017-09-04 (GlyphWiki Project), fewer corners, on 2026-11-22",
    )
    han.save(FONTS / "KioskRareHan.ttf")

    for style in ("Regular", "Bold"):
        letters = TTFont(NOTO.format(style), lazy=False)
        # Whole alphabets, not only what Noto Sans SC lacks: a name is set in one face, mark and letter together.
        cut(letters, code_points(LETTERS), ["ccmp", "mark", "mkmk", "locl"])
        licence = "This Font Software is licensed under the SIL Open Font License, Version 1.1."
        say(letters, "Kiosk Letters", style, licence, "https://scripts.sil.org/OFL", "Noto Sans, on 2026-11-22")
        letters.save(FONTS / f"KioskLetters-{style}.ttf")


started = time.time()
main()
for path in sorted(FONTS.glob("Kiosk*.ttf")):
    print(path.name, path.stat().st_size, TTFont(path)["maxp"].numGlyphs)
print(round(time.time() - started), "s")
