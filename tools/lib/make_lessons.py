#!/usr/bin/python3
"""Checks the lessons and makes a C++ table of them.

Usage: make_lessons.py <output file> <lesson.json>...

docs/lessons.md describes the files; every text in them is there in English and in Chinese. A mistake
ends the program with the file, the place in it, what was found and what is allowed. Whether the states are valid and the questions have one right answer
is checked by tests/view/lesson_test.cpp, which can compute them.
"""

import json
import pathlib
import re
import sys
import unicodedata
import urllib.parse

LENSES = {"mass": "kMass", "steps": "kSteps", "gradient": "kGradient", "compare": "kCompare",
          "conventions": "kConventions"}  # fmt: skip
STAGES = {"scores": "kScores", "fill": "kFill", "temperature": "kTemperature", "max": "kMax",
          "minus_max": "kMinusMax", "exp": "kExp", "sum": "kSum", "divide": "kDivide",
          "zero": "kZero", "renorm": "kRenorm"}  # fmt: skip
UPSTREAMS = {"cross_entropy": "kCrossEntropy", "one_hot": "kOneHot", "ones": "kOnes"}
CONVENTIONS = {"masked_fill": "kMaskedFill", "scaled_dot_product_attention": "kScaledDot",
               "attention_mask": "kAttentionMask", "additive": "kAdditive"}  # fmt: skip
POINTS = ["scores", "mask", "masked", "probabilities", "seed", "fill", "mask_presets", "order",
          "size", "dtype", "dim", "temperature", "cpu", "ledger", "program", "tensors"]  # fmt: skip
LANGUAGES = ["en", "zh-CN"]
STATE_KEYS = ["seed", "rows", "cols", "scores", "cpu", "mask", "fill", "dtype", "order", "dim",
              "temperature", "row"]  # fmt: skip


class Mistake(Exception):
    """What is wrong, without the file's name."""


def check(ok, place, found, allowed):
    if not ok:
        raise Mistake(f"{place}: {json.dumps(found, ensure_ascii=False)}; allowed: {allowed}")


def fields(value, place, required, optional=()):
    """The object itself, once its keys are known to be right."""
    check(isinstance(value, dict), place, value, "an object")
    for key in value:
        check(key in required or key in optional, place, key, ", ".join([*required, *optional]))
    for key in required:
        check(key in value, place, sorted(value), f"an object with {key}")
    return value


def width(value):
    """Characters, of which a Chinese one takes the room of two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in value)


def one_text(value, place, most):
    check(isinstance(value, str) and 0 < width(value) <= most, place, value,
          f"a text of 1 to {most} characters (a Chinese one counts as 2)")  # fmt: skip
    check(value.count("*") % 2 == 0, place, value, "pairs of * around what is bold")
    check(value.count("{") == value.count("}"), place, value, "pairs of braces around facts")


def text(value, place, most=600):
    """A LessonText of both languages, as C++."""
    for language in fields(value, place, LANGUAGES):
        one_text(value[language], f"{place}.{language}", most)
    facts = [sorted(re.findall(r"\{[^}]*\}", value[language])) for language in LANGUAGES]
    check(facts[0] == facts[1], place, facts[1], "the facts of the English: " + " ".join(facts[0]))
    return f"{{{', '.join(literal(value[language]) for language in LANGUAGES)}}}"


def one_of(value, place, names):
    check(value in names, place, value, ", ".join(names))
    return value


def patch(value, place):
    """A fragment such as seed=0&mask=none, percent-encoded."""
    check(isinstance(value, dict), place, value, "an object of state keys")
    for key, entry in value.items():
        one_of(key, place, STATE_KEYS)
        check(isinstance(entry, (str, int, float)) and not isinstance(entry, bool),
              f"{place}.{key}", entry, "a text or a number")  # fmt: skip
    return "&".join(
        f"{key}={urllib.parse.quote(str(entry), safe=':-._~')}" for key, entry in value.items()
    )


def literal(value):
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def array(kind, name, items):
    """The declaration of an array and an expression for a span over it."""
    if not items:
        return "", "{}"
    return f"constexpr {kind} {name}[] = {{{', '.join(items)}}};\n", name


def question(step, place, name):
    ask = fields(step["ask"], f"{place}.ask", ["question", "choices", "reveal"])
    choices = ask["choices"]
    check(isinstance(choices, list) and 2 <= len(choices) <= 4, f"{place}.ask.choices",
          len(choices) if isinstance(choices, list) else choices, "2 to 4 choices")  # fmt: skip
    items = []
    for number, choice in enumerate(choices):
        at = f"{place}.ask.choices[{number}]"
        fields(choice, at, ["text", "when"])
        one_text(choice["when"], f"{at}.when", 600)
        items.append(f"{{{text(choice['text'], at + '.text', 90)}, {literal(choice['when'])}}}")
    declaration, span = array("LessonChoice", f"kChoices{name}", items)
    return declaration, [
        f".question = {text(ask['question'], place + '.ask.question', 240)}",
        f".choices = {span}",
        f".reveal = {text(ask['reveal'], place + '.ask.reveal')}",
    ]


def lesson_step(step, place, name):
    fields(step, place, ["text"], ["state", "point", "lens", "stage", "subtract_max", "upstream",
                                   "target", "convention", "pin", "ask"])  # fmt: skip
    points = step.get("point", [])
    check(isinstance(points, list) and len(points) <= 3, f"{place}.point", points, "a list of up to 3")
    declarations, span = array("std::string_view", f"kPoints{name}",
                               [literal(one_of(p, f"{place}.point", POINTS)) for p in points])  # fmt: skip
    lens = one_of(step.get("lens", "mass"), f"{place}.lens", LENSES)
    values = [
        f".patch = {literal(patch(step.get('state', {}), place + '.state'))}",
        f".text = {text(step['text'], place + '.text')}",
        f".points = {span}",
        f".lens = Lens::{LENSES[lens]}",
    ]
    if "stage" in step:
        check(lens == "steps", f"{place}.stage", step["stage"], "only with lens steps")
        values.append(f".stage = Stage::{STAGES[one_of(step['stage'], place + '.stage', STAGES)]}")
    for key in ("subtract_max", "pin"):
        check(isinstance(step.get(key, True), bool), f"{place}.{key}", step.get(key), "true or false")
    if "subtract_max" in step:
        values.append(f".subtract_max = {str(step['subtract_max']).lower()}")
    if "upstream" in step or "target" in step:
        kind = one_of(step.get("upstream", "cross_entropy"), f"{place}.upstream", UPSTREAMS)
        target = step.get("target", 0)
        check(isinstance(target, int) and target >= 0, f"{place}.target", target, "a column")
        values.append(f".upstream = {{Upstream::Kind::{UPSTREAMS[kind]}, {target}}}")
    if "convention" in step:
        check(lens == "conventions", f"{place}.convention", step["convention"],
              "only with lens conventions")  # fmt: skip
        name_of = CONVENTIONS[one_of(step["convention"], f"{place}.convention", CONVENTIONS)]
        values.append(f".convention = MaskConvention::{name_of}")
    if step.get("pin"):
        values.append(".pin = true")
    if "ask" in step:
        declaration, asked = question(step, place, name)
        declarations += declaration
        values += asked
    return declarations, f"{{{', '.join(values)}}}"


def lesson(document, stem, number):
    fields(document, "the lesson", ["id", "order", "title", "summary", "seen", "preset", "steps"])
    check(document["id"] == stem and re.fullmatch(r"[a-z]+(-[a-z]+)*", stem), "id",
          document["id"], f"{stem}, as the file's name: lower case and hyphens")  # fmt: skip
    check(isinstance(document["order"], int), "order", document["order"], "a whole number")
    seen = document["seen"]
    check(isinstance(seen, list) and all(isinstance(s, str) for s in seen), "seen", seen, "a list of texts")
    steps = document["steps"]
    check(isinstance(steps, list) and 3 <= len(steps) <= 6, "steps",
          len(steps) if isinstance(steps, list) else steps, "3 to 6 steps")  # fmt: skip
    out, seen_span = array("std::string_view", f"kSeen{number}", [literal(s) for s in seen])
    items = []
    for index, step in enumerate(steps):
        declarations, item = lesson_step(step, f"steps[{index}]", f"{number}x{index}")
        out += declarations
        items.append(item)
    asking = sum("ask" in step for step in steps)
    check(asking >= max(1, len(steps) // 2), "steps", asking, "at least half of the steps ask")
    declaration, steps_span = array("LessonStep", f"kSteps{number}", items)
    values = [
        f".id = {literal(document['id'])}",
        f".title = {text(document['title'], 'title', 40)}",
        f".summary = {text(document['summary'], 'summary', 90)}",
        f".seen = {seen_span}",
        f".preset = {literal(patch(document['preset'], 'preset'))}",
        f".steps = {steps_span}",
    ]
    return out + declaration, f"    {{{', '.join(values)}}},\n"


def main(output, paths):
    documents = []
    for path in map(pathlib.Path, paths):
        try:
            documents.append((json.loads(path.read_text(encoding="utf-8")), path))
        except ValueError as error:
            sys.exit(f"{path}: {error}")
    documents.sort(key=lambda entry: (entry[0].get("order", 0), entry[1].stem))
    declarations = table = ""
    for number, (document, path) in enumerate(documents):
        try:
            arrays, entry = lesson(document, path.stem, number)
        except Mistake as mistake:
            sys.exit(f"{path}: {mistake}")
        declarations += arrays
        table += entry
    if not documents:
        sys.exit("make_lessons.py: no lessons were given")
    out = pathlib.Path(output)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(
        "// Made by tools/lib/make_lessons.py from assets/lessons.\n"
        "namespace softmask::view {\nnamespace {\n"
        f"{declarations}constexpr Lesson kLessons[] = {{\n{table}}};\n"
        "}  // namespace\n}  // namespace softmask::view\n",
        encoding="utf-8",
    )


if len(sys.argv) < 3:
    sys.exit(__doc__)
main(sys.argv[1], sys.argv[2:])
