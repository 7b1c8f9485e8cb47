"""`show`, `plans`, `check` as questions: documents keep to their schemas, codes to severities."""

from __future__ import annotations

import jsonschema
import pytest

from parkmap import questions
from parkmap.facts.document import schema
from parkmap.questions.base import Workspace
from parkmap.questions.check import CheckRequest
from parkmap.questions.show import ShowRequest


def complaints(document, value):
    validator = jsonschema.Draft202012Validator(schema(document.key, document.tables))
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(value)]


@pytest.mark.parametrize("item", ["core", "border-park", "laboratory", "nw-position", "output", "core-grant", "stock"])
def test_a_chain_keeps_to_its_schema(testville, item):
    question = questions.question("show")
    workspace = Workspace(catalog=testville.catalog, as_of=testville.analyse().as_of)
    request = ShowRequest(item=item, sources=testville.sources)
    answer = question.answer(workspace, ("testville",), request)
    assert answer.document is question.documents[1]
    assert complaints(answer.document, answer.as_document()) == []
    assert complaints(answer.document, {**answer.as_document(), "surplus": 1})


def test_the_code_of_a_check_follows_from_the_severity_asked_for(testville):
    workspace = Workspace(catalog=testville.catalog, as_of=testville.analyse().as_of)
    answer = questions.question("check").answer
    codes = [answer(workspace, ("testville",), CheckRequest(fail_on=level)).code for level in ("error", "note")]
    assert codes == [0, 1]
    testville.replace(testville.plan, "    part_of: core", "    part_of: nowhere")
    assert answer(workspace, ("testville",), CheckRequest()).code == 2
