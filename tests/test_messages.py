"""Every sentence exists in Chinese and in English, fills the same gaps, and no code asks for one that is not there."""

from __future__ import annotations

import ast
import itertools
import re
import string
from pathlib import Path
from typing import get_args

import pytest

import parkmap
from parkmap import messages, questions
from parkmap.analysis.adjacency import Contact
from parkmap.analysis.quota.outcome.outcome import Bound
from parkmap.finding import Severity, finding
from parkmap.layers.contracts import DETERMINACIES, METHODS
from parkmap.plan.schema import Basis, Commodity, Project, Role, Target
from parkmap.plan.validity import Status

SOURCE = Path(parkmap.__file__).parent
CHINESE, ENGLISH = ({key: words[lang] for key, words in messages.TEXTS.items()} for lang in messages.LANGS)
TOPICS = {key.split(".")[0] for key in CHINESE if "." in key}
DOCUMENTS = (document for name in questions.NAMES for document in questions.question(name).documents)
PLACES = {place for document in DOCUMENTS for table in document.tables for place in (table.at, table.total_at)}
"""Where tables stand in JSON documents."""
FILE_ENDINGS = (
    ".json", ".geojson", ".csv", ".html", ".yaml", ".js", ".css", ".md", ".docx", ".pdf", ".png", ".xlsx", ".svg",
)  # fmt: skip


def gaps(text):
    """Return the names of the gaps, where name_zh and name_en are the same gap."""
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    return {re.sub(r"_(zh|en)$", "", name) for name in names}


def nodes():
    """Yield (file, node) of the whole code, without the texts themselves."""
    for path in sorted(SOURCE.rglob("*.py")):
        if path.parent.name != "messages":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                yield path.relative_to(SOURCE).as_posix(), node


def keys_in_code():
    """Yield (file, key) of every string that looks like the key of a sentence; `{}` is known only at run time."""
    inside = set()  # the pieces of an f-string are no keys, nor are topics of codes and places in documents
    for path, node in nodes():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "coded":
            inside.update(map(id, node.args))
            yield from ((path, f"{topic}.{{}}") for argument in node.args for _, topic in strings_of(argument))
        elif isinstance(node, ast.JoinedStr):
            inside.update(map(id, node.values))
            yield path, "".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield from [(path, node.value)] if node.value not in PLACES else []


def looks_like_a_key(text):
    known = re.fullmatch(r"([a-z]+)(\.([a-z_]+|\{\}))+", text)
    return known is not None and known[1] in TOPICS and not text.endswith(FILE_ENDINGS)


def findings_in_code():
    """Yield (file, call, code) of every finding that is made."""
    for path, node in nodes():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "finding":
            (code,) = {value for _, value in strings_of(node.args[0])} or {"{}"}
            yield path, node, code


def strings_of(node):
    if isinstance(node, ast.Constant):
        yield "", node.value
    elif isinstance(node, ast.JoinedStr):
        yield "", "".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in node.values)


KEYS = [(path, key) for path, key in keys_in_code() if looks_like_a_key(key)]


def test_both_languages_have_the_same_keys():
    assert set(ENGLISH) == set(CHINESE)


def test_both_languages_have_the_same_gaps():
    assert [key for key in CHINESE if gaps(CHINESE[key]) != gaps(ENGLISH[key])] == []


def test_no_text_is_empty_or_left_untranslated():
    quoting = {"cite.no_clause.advice", "cite.no_clause.advice.alone"}  # they quote a heading of a document
    assert [key for key in CHINESE if bool(CHINESE[key].strip()) is not bool(ENGLISH[key].strip())] == []
    assert [key for key in ENGLISH if re.search(r"[一-鿿]", ENGLISH[key]) and key not in quoting] == []
    plain = {key: re.sub(r"\{\w+\}", "", text) for key, text in CHINESE.items()}
    assert [
        key for key, text in plain.items() if re.search(r"[A-Za-z]{3}", text) and not re.search(r"[一-鿿]", text)
    ] == []


def test_the_code_asks_for_many_sentences():
    """Guards this file itself: otherwise the tests below might look at nothing."""
    assert len(KEYS) > 80
    assert len({code for _, _, code in findings_in_code()}) > 30


def test_every_key_in_the_code_exists():
    assert [(path, key) for path, key in KEYS if "{}" not in key and key not in CHINESE] == []


def test_every_key_with_a_part_known_at_run_time_has_candidates():
    missing = []
    for path, key in KEYS:
        pattern = re.escape(key).replace(r"\{\}", r"[\w.-]+")
        if "{}" in key and not any(re.fullmatch(pattern, known) for known in CHINESE):
            missing.append((path, key))
    assert missing == []


def test_every_finding_has_text_and_advice():
    codes = {key for _, _, key in findings_in_code() if "{}" not in key}
    assert len(codes) > 30
    assert sorted(code for code in codes if f"{code}.advice" not in CHINESE or code not in CHINESE) == []


def test_every_finding_fills_the_gaps_of_its_texts():
    short = []
    for path, call, key in findings_in_code():
        given = {word.arg for word in call.keywords}
        if None in given or "{}" in key or key not in CHINESE:  # **values, or a code of several texts
            continue
        for lang, ending in itertools.product(("zh", "en"), ("", ".advice")):
            text = messages.TEXTS[key + ending][lang]
            wanted = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
            if not wanted <= given:
                short.append((path, call.lineno, key + ending, lang, sorted(wanted - given)))
    assert short == []


FAMILIES = {
    "severity.{}": get_args(Severity),
    "validity.word.{}": get_args(Status),
    "validity.stamp.{}": get_args(Status),
    "determinacy.{}": DETERMINACIES,
    "method.{}": METHODS,
    "role.{}": get_args(Role),
    "kind.{}": get_args(Project.model_fields["kind"].annotation),
    "contact.{}": get_args(Contact),
    "commodity.{}": get_args(Commodity),
    "basis.{}": get_args(Basis),
    "bound.{}": get_args(Bound),
    "comparator.{}": get_args(Target.model_fields["comparator"].annotation),
    "yes.{}": ("True", "False"),
}


@pytest.mark.parametrize("family", FAMILIES)
def test_every_word_of_a_vocabulary_has_a_text(family):
    words = FAMILIES[family]
    assert len(words) > 1
    assert [word for word in words if family.replace("{}", word) not in CHINESE] == []


def test_gaps_are_filled():
    assert "base.yaml" in messages.text("quota.no_scenario.advice", "en", plan="x")
    assert "{" not in messages.text("quota.no_scenario.advice", "zh", plan="x")


def test_an_unknown_key_is_an_error():
    with pytest.raises(KeyError):
        messages.text("no.such.key", "en")


def test_braces_in_a_value_are_only_text():
    found = finding("schema.unknown_key", "error", file="a.yaml", line=3, key="b", name="{oops}")
    assert "{oops}" in found.text("en")
    assert "{oops}" in found.text("zh")


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ({"file": "a.yaml", "line": 3, "key": "b[0].c"}, "a.yaml:3 b[0].c"),
        ({"file": "a.yaml", "key": "b"}, "a.yaml b"),
        ({"file": "a.yaml"}, "a.yaml"),
        ({"key": "b"}, "b"),
        ({}, ""),
    ],
)
def test_the_place_of_a_finding_in_one_string(place, expected):
    assert finding("file.not_utf8", "error", **place).place == expected
