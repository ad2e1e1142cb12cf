#!/usr/bin/python3
"""Makes the table of texts for web/*.js from the project's one table of strings.

Usage: make_web_strings.py <output file> <strings.inc> [<macro>]

Takes the lines SOFTMASK_WEB_TEXT(name, "English", "Chinese"), or those of another macro, and writes a
JavaScript module that exports STRINGS, {name: [English, Chinese]}; web/strings.js reads it. A line that is not of this form,
a name that comes twice, and languages whose placeholders {0} differ end the program with their place.
"""

import json
import pathlib
import re
import sys

LITERAL = r'"(?:[^"\\]|\\.)*"'


def strings(path, macro):
    """{name: [English, Chinese]} of the file's lines of that macro."""
    line_of = re.compile(rf"{macro}\((\w+), ({LITERAL}), ({LITERAL})\)")
    found = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.startswith(macro):
            continue
        match = line_of.fullmatch(line)
        if not match:
            sys.exit(f'{path}:{number}: allowed: {macro}(name, "English", "Chinese")')
        # The escapes of the table, \" and \\, are those of JSON.
        name, english, chinese = match[1], json.loads(match[2]), json.loads(match[3])
        places = [sorted(set(re.findall(r"\{\d\}", words))) for words in (english, chinese)]
        if name in found:
            sys.exit(f"{path}:{number}: {name} is there twice")
        if not english or not chinese or places[0] != places[1]:
            sys.exit(f"{path}:{number}: {name}: both languages need a text with the same {{0}} … {{9}}")
        found[name] = [english, chinese]
    return found


def main(output, source, macro="SOFTMASK_WEB_TEXT"):
    table = json.dumps(strings(pathlib.Path(source), macro), ensure_ascii=False, indent=2)
    out = pathlib.Path(output)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(
        "// Made by tools/lib/make_web_strings.py from src/view/strings.inc: {name: [English, Chinese]}.\n"
        f"export const STRINGS = {table};\n",
        encoding="utf-8",
    )


if len(sys.argv) not in (3, 4):
    sys.exit(__doc__)
main(*sys.argv[1:])
