"""Vacancies in words: each with what it pays and asks for, until when, and how to apply."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from bot.knowledge import market
from bot.model.conversation import Sought
from bot.model.messages import Reply
from bot.model.work import Range, Vacancy
from bot.understanding.release import Release
from bot.wording.facts import Fill
from bot.wording.market import Voice, pay

LONGEST = 700


def texts(release: Release, reply: Reply, language: str, fill: Fill) -> list[str]:
    """What is said of vacancies, with the vacancies by their ids and what somebody seeks put into words."""
    given: dict[str, Any] = dict(reply.facts)
    voice = Voice(release, language, fill, given.pop("today", date.min))
    if "sought" in given:
        given["sought"] = seeking(voice, given["sought"])
    if "wishes" in given:
        given["wishes"] = [seeking(voice, one) for one in given["wishes"]]
    return listed(voice, reply.phrase, given) if "vacancies" in given else [fill(reply.phrase, **given)]


def listed(voice: Voice, head: str, facts: Mapping[str, Any]) -> list[str]:
    """A list under its head, in as many messages as it needs; that the company is to be checked first at the end."""
    by_id = {one.id: one for one in voice.release.content.vacancies}
    lines = [f"- {_one(voice, by_id[id])}" for id in facts["vacancies"]]
    given = {name: value for name, value in facts.items() if name != "vacancies"}
    return _packed([voice.fill(head, **given, shown=len(lines)), *lines, voice.fill("vacancies/check-first")])


def seeking(voice: Voice, one: Sought) -> str:
    """What somebody seeks, in a few words; "" when they have said nothing."""
    content = voice.release.content
    return ", ".join(
        (
            *(voice.country(id) for id in market.named(one.country)),
            *([voice.sector(one.sector)] if one.sector else []),
            *([voice.fill("vacancies/age", low=one.age, high=one.age)] if one.age else []),
            *([voice.name(content.education, one.education)] if one.education else []),
            *(voice.name(content.work_languages, id) for id in one.languages),
        )
    )


def _one(voice: Voice, one: Vacancy) -> str:
    content = voice.release.content
    return voice.fill(
        "vacancies/one",
        title=one.title,
        country=voice.country(one.country),
        place=one.place,
        wage=pay(one.wage, voice.language, voice.fill) if one.wage else "",
        age=_ages(voice, one.age),
        education=voice.name(content.education, one.education) if one.education else "",
        languages=", ".join(voice.name(content.work_languages, id) for id in one.languages),
        agency=one.agency,
        expires=one.expires,
        apply=one.apply,
    )


def _ages(voice: Voice, age: Range) -> str:
    known = age.low is not None or age.high is not None
    return voice.fill("vacancies/age", low=age.low or 0, high=age.high or 0) if known else ""


def _packed(parts: Sequence[str]) -> list[str]:
    """Head, lines and end in messages that are not too long; a list goes on line under line."""
    texts = [parts[0]]
    for before, part in pairwise(parts):
        gap = "\n" if before.startswith("- ") and part.startswith("- ") else "\n\n"
        if len(texts[-1]) + len(gap) + len(part) > LONGEST:
            texts.append(part)
        else:
            texts[-1] += gap + part
    return texts
