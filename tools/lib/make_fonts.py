#!/usr/bin/python3
"""Makes small subsets of fonts and embeds them in C++.

Usage: make_fonts.py <output folder> <font file>... --texts <file>...

Writes fonts.h and fonts.cpp: for Inter-Regular.otf the arrays kInterRegular and
kInterRegularSize, and so on. Needs fontTools (Debian: python3-fonttools).

What is kept: printable ASCII and every other character of the texts (C++ sources, strings,
lessons) as far as each font has it: a reader waits for each byte. Dear ImGui applies no OpenType
features, so digits are mapped to the tabular figures here, and layout tables, kerning and hinting
are dropped.
"""

import io
import pathlib
import re
import sys

try:
    from fontTools import subset
    from fontTools.ttLib import TTFont
except ImportError:
    sys.exit("make_fonts.py: Python's fontTools is missing: install python3-fonttools")

ASCII = range(0x20, 0x7F)  # what readers type
FIRST_CJK = 0x2E80  # from here on make_chinese_fonts.py
DIGITS = range(ord("0"), ord("9") + 1)


def characters(paths):
    """The codes to keep: ASCII, and what the files have beyond it, as itself or as \\uXXXX."""
    codes = set(ASCII)
    for path in paths:
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)
        codes |= {ord(c) for c in text if 0xA0 <= ord(c) < FIRST_CJK}
    return sorted(codes)


def tabular_digits(font):
    """The glyph of each digit under the OpenType feature tnum: {glyph name: glyph name}."""
    if "GSUB" not in font:
        return {}
    table = font["GSUB"].table
    lookups = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
        for index in record.Feature.LookupListIndex
    }
    mapping = {}
    for index in sorted(lookups):
        for subtable in table.LookupList.Lookup[index].SubTable:
            subtable = getattr(subtable, "ExtSubTable", subtable)
            mapping.update(getattr(subtable, "mapping", {}))
    return mapping


def make_digits_equal(font, path):
    """Gives every digit the same width: Inter's interpolated weights differ by 3 units of 2816."""
    glyphs = [font.getBestCmap()[code] for code in DIGITS]
    widths = [font["hmtx"][glyph][0] for glyph in glyphs]
    if max(widths) - min(widths) > font["head"].unitsPerEm / 500:
        sys.exit(f"make_fonts.py: the digits of {path} are not tabular: widths {widths}")
    for glyph in glyphs:
        font["hmtx"][glyph] = (max(widths), font["hmtx"][glyph][1])


def make_subset(path, codes):
    """The bytes of the subset of one font file."""
    font = TTFont(path, recalcTimestamp=False)
    tabular = tabular_digits(font)
    for table in font["cmap"].tables:
        for code in DIGITS:
            glyph = table.cmap.get(code)
            if glyph in tabular:
                table.cmap[code] = tabular[glyph]

    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 13, 14]  # copyright, family, style, licence
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "kern", "DSIG", "gasp"]
    options.recalc_timestamp = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)

    make_digits_equal(font, path)
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def cpp_array(name, data):
    lines = [
        "    " + ",".join(map(str, data[start : start + 24])) + ","
        for start in range(0, len(data), 24)
    ]
    return "\n".join(
        [
            f"extern const unsigned char {name}[] = {{",
            *lines,
            "};",
            f"extern const unsigned {name}Size = {len(data)};",
        ]
    )


def main():
    if len(sys.argv) < 5 or "--texts" not in sys.argv[3:-1]:
        sys.exit(__doc__)
    split = sys.argv.index("--texts")
    out = pathlib.Path(sys.argv[1])
    codes = characters(map(pathlib.Path, sys.argv[split + 1 :]))
    declarations, definitions = [], []
    for path in map(pathlib.Path, sys.argv[2:split]):
        if not path.is_file():
            sys.exit(f"make_fonts.py: no font {path}: install fonts-inter and fonts-jetbrains-mono")
        name = "k" + path.stem.replace("-", "")
        data = make_subset(path, codes)
        print(f"{path.name}: {path.stat().st_size} -> {len(data)} bytes")
        declarations += [
            f"extern const unsigned char {name}[];  // {path.name}",
            f"extern const unsigned {name}Size;     // bytes",
        ]
        definitions.append(cpp_array(name, data))

    out.mkdir(parents=True, exist_ok=True)
    (out / "fonts.h").write_text(
        "#pragma once\n\n// Made by tools/lib/make_fonts.py: font files for Dear ImGui to read.\n\n"
        "namespace softmask::fonts {\n\n"
        + "\n".join(declarations)
        + "\n\n}  // namespace softmask::fonts\n"
    )
    (out / "fonts.cpp").write_text(
        '#include "fonts/fonts.h"\n\nnamespace softmask::fonts {\n\n'
        + "\n\n".join(definitions)
        + "\n\n}  // namespace softmask::fonts\n"
    )


if __name__ == "__main__":
    main()
