"""Faults planted in a form that opens a verdict are found, each with its mend."""

from dataclasses import replace

import pytest

from bot.library.check_offers import offers
from bot.model.content import Source
from bot.model.forms import Form, Sign
from bot.understanding.release import Release

SOURCE = Source("UU 18/2017", "https://law.test", "2017", "verified")
REASON = {"id": "Surat ditahan.", "en": "Papers kept."}


def found(release: Release, form: Form, topic: str = "") -> list[str]:
    """What is said of the shipped content with this form in it."""
    content = replace(release.content, forms={**release.content.forms, form.id: form})
    if topic:
        asked = replace(content.topics[topic], check=form.id)
        content = replace(content, topics={**content.topics, topic: asked})
    faults = list(offers(replace(release, content=content)))
    assert all(one.mend and one.file for one in faults)
    return [one.what for one in faults]


@pytest.fixture
def shipped(release: Release) -> Form:
    return release.content.forms["offer-check"]


def with_sign(form: Form, **changes: object) -> Form:
    whole = Sign("trial", {"visa": ("visit",)}, "warn", REASON, SOURCE)
    return replace(form, signs=(replace(whole, **changes),))  # type: ignore[arg-type]


def test_the_shipped_form_has_no_fault(release: Release, shipped: Form) -> None:
    assert found(release, shipped) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"when": {"colour": ("red",)}}, "no question colour"),
        ({"when": {"visa": ("visit", "golden")}}, "visa has no answer golden"),
        ({"when": {"age": ("young",)}}, "age has no answer young"),
        ({"when": {"agency": ("liked",)}}, "agency has no answer liked"),
        ({"when": {"visa": ()}}, "visa has no answer"),
        ({"reason": {"id": "Surat ditahan."}}, "reason is missing in en"),
        ({"reason": {**REASON, "jv": "u" * 86}}, "longer than 85"),
        ({"source": replace(SOURCE, title="t" * 41)}, "41 letters"),
        ({"source": replace(SOURCE, title="")}, "0 letters"),
    ],
)
def test_a_sign_that_could_not_come_up_or_be_read_is_a_fault(
    release: Release, shipped: Form, changes: dict[str, object], words: str
) -> None:
    (fault,) = found(release, with_sign(shipped, **changes))
    assert words in fault and "trial" in fault


def test_ranges_and_what_the_list_says_are_answers(release: Release, shipped: Form) -> None:
    assert found(release, with_sign(shipped, when={"age": ("0-17",), "agency": ("revoked", "unlisted")})) == []


@pytest.mark.parametrize("kind", ["village", "phone", "media"])
def test_a_personal_question_in_a_form_without_consent_is_a_fault(release: Release, shipped: Form, kind: str) -> None:
    personal = (replace(shipped.fields[0], kind=kind), *shipped.fields[1:])
    assert any("without consent" in one for one in found(release, replace(shipped, fields=personal)))


def test_a_verdict_keeps_nothing_and_judges_something(release: Release, shipped: Form) -> None:
    assert found(release, replace(shipped, keep_months=12)) == ["keep_months: a verdict keeps nothing"]
    assert found(release, replace(shipped, signs=())) == ["a verdict without signs"]


@pytest.mark.parametrize("target", ["gone", "offer-check"])
def test_a_report_needs_a_form_that_takes_a_story(release: Release, shipped: Form, target: str) -> None:
    assert found(release, replace(shipped, reports_as=target)) == [f"reports_as: no form {target} takes a story"]


def test_signs_in_a_registration_and_a_check_that_is_none_are_faults(release: Release, shipped: Form) -> None:
    complaint = release.content.forms["complaint"]
    assert found(release, replace(complaint, signs=shipped.signs)) == ["signs without a verdict"]
    assert found(release, complaint, topic="jobs/wages") == ["check: no form complaint opens a verdict"]
