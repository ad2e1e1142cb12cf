#!/usr/bin/python3
"""Makes subsets of a Chinese font that hold the characters of Softmask's own texts and no others.

Usage: make_chinese_fonts.py <header> <font folder> <regular.ttc> <bold.ttc> <strings.inc> <lesson.json>...

Reads the Chinese of the lines SOFTMASK_TEXT(kName, "English", "Chinese") and of the lessons; of each
.ttc the face for simplified Chinese. Writes chinese-regular.otf and chinese-bold.otf into the folder,
for Dear ImGui to read at run time, and the header with the ranges of their characters. What the fonts
of make_fonts.py have is left to them. A character that the font lacks ends the program. Needs fontTools
(Debian: python3-fonttools); the fonts are those of fonts-noto-cjk.
"""

import json
import pathlib
import re
import sys

try:
    from fontTools import subset
    from fontTools.ttLib import TTCollection
except ImportError:
    sys.exit("make_chinese_fonts.py: Python's fontTools is missing: install python3-fonttools")

FACE = "Noto Sans CJK SC"
FIRST = 0x2E80  # the first CJK block; what comes before is in Inter
LITERAL = r'"(?:[^"\\]|\\.)*"'
LINE = re.compile(rf"^SOFTMASK_TEXT\(\w+, {LITERAL}, ({LITERAL})\)$", re.MULTILINE)


def chinese_of(document):
    """Every text under the key zh-CN, at any depth."""
    if isinstance(document, dict):
        for key, value in document.items():
            yield from [value] if key == "zh-CN" else chinese_of(value)
    elif isinstance(document, list):
        for value in document:
            yield from chinese_of(value)


def characters(strings, lessons):
    """The codes of all Chinese characters and full-width marks, sorted."""
    texts = [json.loads(words) for words in LINE.findall(strings.read_text(encoding="utf-8"))]
    if not texts:
        sys.exit(f'{strings}: no lines SOFTMASK_TEXT(name, "English", "Chinese")')
    for lesson in lessons:
        texts += chinese_of(json.loads(lesson.read_text(encoding="utf-8")))
    return sorted({ord(c) for words in texts for c in words if ord(c) >= FIRST})


def face(path):
    for font in TTCollection(path, lazy=True).fonts:
        if font["name"].getDebugName(16) == FACE or font["name"].getDebugName(1) == FACE:
            return font
    sys.exit(f"make_chinese_fonts.py: {path} has no face {FACE}")


def write_subset(path, codes, out):
    font = face(path)
    missing = [f"{chr(code)} (U+{code:04X})" for code in codes if code not in font.getBestCmap()]
    if missing:
        sys.exit(f"make_chinese_fonts.py: {path} lacks {', '.join(missing)}")
    for table in ("GSUB", "GPOS", "BASE", "VORG", "vhea", "vmtx", "DSIG"):
        if table in font:  # Dear ImGui reads none of them, and they take long to be pruned
            del font[table]
    options = subset.Options()
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 13, 14]  # copyright, family, style, licence
    options.recalc_timestamp = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    font.save(out)
    print(f"{out.name}: {len(codes)} characters, {out.stat().st_size} bytes")


def ranges(codes):
    """[first, last] of every run of codes without a gap."""
    runs = []
    for code in codes:
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return runs


def header(codes):
    pairs = [f"0x{first:04X}, 0x{last:04X}," for first, last in ranges(codes)]
    lines = ["    " + " ".join(pairs[start : start + 5]) for start in range(0, len(pairs), 5)]
    return "\n".join(
        [
            "#pragma once",
            "",
            "// Made by tools/lib/make_chinese_fonts.py: what chinese-regular.otf and chinese-bold.otf have,",
            "// as pairs of a first and a last character, and a 0 at the end.",
            "",
            "namespace softmask::fonts {",
            "",
            f"inline constexpr unsigned kChineseCount = {len(codes)};  // characters",
            "inline constexpr unsigned short kChineseRanges[] = {",
            *lines,
            "    0};",
            "",
            "}  // namespace softmask::fonts",
            "",
        ]
    )


def main():
    if len(sys.argv) < 6:
        sys.exit(__doc__)
    out, folder, regular, bold, strings, *lessons = map(pathlib.Path, sys.argv[1:])
    for path in (regular, bold):
        if not path.is_file():
            sys.exit(f"make_chinese_fonts.py: no font {path}: install fonts-noto-cjk")
    codes = characters(strings, lessons)
    if codes[-1] > 0xFFFF:
        sys.exit(f"make_chinese_fonts.py: U+{codes[-1]:X} is beyond what Dear ImGui draws")
    folder.mkdir(parents=True, exist_ok=True)
    for path, weight in ((regular, "regular"), (bold, "bold")):
        write_subset(path, codes, folder / f"chinese-{weight}.otf")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(header(codes), encoding="utf-8")


main()
