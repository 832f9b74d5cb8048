"""Each error of the Graph API's, and who must act on it."""

from typing import Any

import pytest

from bot.channel import Closed, Never, NotNow, Uncertain
from bot.channels.whatsapp_request import GraphError, TooLarge, Unanswered, Unreachable
from bot.channels.whatsapp_troubles import Refused, trouble

ALL: dict[str, Any] = {"everyone": True}
ONE: dict[str, Any] = {"everyone": False}
TABLE: list[tuple[Exception, type[Exception], dict[str, Any]]] = [
    (Unreachable("ClientConnectorError"), NotNow, ALL),
    (Unanswered("ServerTimeoutError"), Uncertain, {}),
    (TooLarge(), Never, {"this_one": True}),
    (GraphError(400, 131047), Closed, {}),
    (GraphError(400, 131026), Never, {"this_one": False}),
    (GraphError(403, 130497), Never, {"this_one": False}),
    (GraphError(400, 131056), NotNow, {**ONE, "after": 6.0, "flood": True}),
    (GraphError(429), NotNow, {**ONE, "flood": True}),
    (GraphError(400, 130429), NotNow, {**ALL, "flood": True}),
    (GraphError(400, 80007), NotNow, {**ALL, "after": 60.0, "flood": True}),
    (GraphError(400, 4), NotNow, {**ALL, "after": 60.0, "flood": True}),
    (GraphError(400, 131048), NotNow, {**ALL, "after": 600.0, "flood": True}),
    (GraphError(401, 190), NotNow, {**ALL, "after": 60.0}),
    (GraphError(401), NotNow, {**ALL, "after": 60.0}),
    (GraphError(403, 200), NotNow, ALL),
    (GraphError(403, 10), NotNow, ALL),
    (GraphError(400, 131042), NotNow, ALL),
    (GraphError(400, 133010), NotNow, ALL),
    (GraphError(403, 368), NotNow, ALL),
    (GraphError(500, 131000), NotNow, ONE),
    (GraphError(503, 131016), NotNow, ONE),
    (GraphError(400, 131057), NotNow, ONE),
    (GraphError(502), NotNow, ONE),
    (GraphError(400, 131049), Never, {"this_one": True}),
    (GraphError(400, 130472), Never, {"this_one": True}),
    (GraphError(400, 131050), Never, {"this_one": True}),
    (GraphError(400, 131062), Never, {"this_one": True}),
    (GraphError(400, 100), Never, {"this_one": True}),
    (GraphError(400, 131008), Never, {"this_one": True}),
    (GraphError(400, 131009), Never, {"this_one": True}),
    (GraphError(400, 131051), Never, {"this_one": True}),
    (GraphError(400, 131053), Never, {"this_one": True}),
    (GraphError(400, 132000), Never, {"this_one": True}),
    (GraphError(404, 132001), Never, {"this_one": True}),
    (GraphError(400, 132015), Never, {"this_one": True}),
    (GraphError(418, 999999), Never, {"this_one": True}),
]


@pytest.mark.parametrize(("error", "wanted", "details"), TABLE, ids=[f"{one!r}"[:60] for one, _, _ in TABLE])
def test_an_error_says_who_must_act(error: Exception, wanted: type[Exception], details: dict[str, Any]) -> None:
    found = trouble(error)
    assert type(found) is wanted
    assert {name: getattr(found, name) for name in details} == details


def test_what_only_an_operator_can_mend_is_said_loudly(caplog: pytest.LogCaptureFixture) -> None:
    trouble(GraphError(400, 131056))
    assert not caplog.records
    trouble(GraphError(401, 190))
    assert [one.levelname for one in caplog.records] == ["ERROR"]


def test_a_refusal_says_what_to_look_at_in_one_line() -> None:
    assert "WHATSAPP_TOKEN" in str(Refused()) and "WHATSAPP_PHONE_NUMBER_ID" in str(Refused())
    assert "\n" not in str(Refused())
