"""What a road file holds, and what was found on the way: told by `parkmap roads`."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from parkmap import messages
from parkmap.facts import numbers
from parkmap.facts.columns import column, in_words, only, record, table
from parkmap.facts.facts import facts
from parkmap.facts.units import COUNT, KILOMETRES, KM_PER_HOUR, TEXT
from parkmap.questions.base import Answer, Document
from parkmap.questions.heads import finding_rows, findings_at
from parkmap.questions.travel import ORIGIN, grounds, grounds_row, stated

if TYPE_CHECKING:
    from parkmap.layers.road_build import BuiltRoads
    from parkmap.plan.travel import TravelProfile

FILE = table(
    "roads-file",
    "title.roads",
    "roads",
    record("source", "来源", "source", *ORIGIN),
    column("file", "文件", "file", TEXT),
    column("bytes", "字节", "bytes", COUNT),
    column("nodes", "节点", "nodes", COUNT),
    column("segments", "路段", "segments", COUNT),
    column("length_m", "长度", "length", KILOMETRES),
    at="",
    shape="record",
    people=False,
)
PROFILES = table(
    "roads-profiles",
    "title.roads",
    "profile",
    column("id", "编号", "id", TEXT, hide=only("json")),
    in_words("name", "名称", "name", hide=only("json")),
    in_words("profile", "方式", "profile", hide=only("table")),
    column("open_length_m", "可通行", "open", KILOMETRES),
    column("speed_kmh", "速度", "speed", KM_PER_HOUR),
    *(dataclasses.replace(one, hide=only("json")) for one in grounds("speed", reference=False)),
    in_words("stated", "依据", "basis", hide=only("table")),
    at="profiles",
    doc="What is open to one profile.",
)
FINDINGS = dataclasses.replace(
    findings_at("findings", "roads-findings"), people=True, if_empty=False, order=("severity", "text", "ids", "advice")
)
ROADS = Document(key="roads", tables=(FILE, PROFILES, FINDINGS))


def told(built: BuiltRoads, file: str, profiles: tuple[TravelProfile, ...]) -> Answer:
    """Return what was built.

    Parameters
    ----------
    built
        The network, ready to be written.
    file
        Name of the road file.
    profiles
        The profiles for which it was built.
    """
    from parkmap.questions.page.roads import credit

    size = {key: getattr(built, key) for key in ("nodes", "segments", "length_m")}
    whole = {"source": dataclasses.asdict(built.meta), "file": file, "bytes": len(built.content), **size}
    length = numbers.read(built.length_m, KILOMETRES)
    shown = facts(
        PROFILES,
        [_profile(profile, built.open_length_m[profile.id]) for profile in profiles],
        title=messages.joined([PROFILES.title, messages.plain(file)], by=messages.Words(" ", " ")),
        notes=[messages.words("note.roads_size", length=length, **whole), credit(built.meta)],
    )
    return Answer(document=ROADS, facts=(facts(FILE, [whole]), shown, facts(FINDINGS, finding_rows(built.findings))))


def _profile(profile: TravelProfile, open_length_m: float) -> dict[str, Any]:
    name, speed = profile.name.words, profile.straight
    return {
        "id": profile.id,
        "name": name,
        "profile": messages.joined([name, messages.plain(profile.id)], by=messages.Words(" ", " ")),
        "open_length_m": open_length_m,
        "speed_kmh": speed.kmh,
        **grounds_row("speed", speed),
        "stated": stated(speed),
    }
