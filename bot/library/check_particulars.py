"""What forms take from the message before them, and the words by which it is told: every id there is one."""

from collections.abc import Iterator

from bot.library.faults import Fault
from bot.model.forms import Field, Form
from bot.understanding.release import Release

_FILE = "data/particulars.yaml"
_TOLD_TO = {"choice": ("about", "country", "sector", "danger"), "number": ("amount",), "date": ("since",)}


def particulars(release: Release) -> Iterator[Fault]:
    """Everything wrong with `from` and `when` in forms, and with currencies nobody is paid in."""
    for form in release.content.forms.values():
        for field in form.fields:
            yield from _field(release, form, field)
    content = release.content
    known = {"IDR", *content.rates, *(job.wage.currency for job in content.jobs if job.wage)}
    for one in content.particulars.currencies:
        if one.id not in known:
            mend = "Correct it, or add its rate or a wage in it first"
            yield Fault(_FILE, 1, f"no wage or rate is in {one.id}", mend, near=f"id: {one.id}")


def _field(release: Release, form: Form, field: Field) -> Iterator[Fault]:
    file, near = f"forms/{form.id}.yaml", f"id: {field.id} ... from: {field.from_}"
    if field.from_ and form.opens == "verdict":
        yield Fault(file, 1, f"{field.id}: from, where nothing personal is asked", "Leave it out", near)
    if field.from_ and field.kind != "text" and field.from_ not in _TOLD_TO.get(field.kind, ()):
        what = f"{field.id}: a {field.kind} cannot be filled from {field.from_}"
        yield Fault(file, 1, what, "Leave `from` out; docs/content.md shows what fits", near)
    for option in field.options:
        for id in sorted(set(option.when) - _ids(release, field)):
            what = f"{field.id}: {option.id}: when: {field.from_ or 'nothing'} is never {id}"
            yield Fault(file, 1, what, "Correct the id", near=f"id: {option.id} ... {id}")


def _ids(release: Release, field: Field) -> set[str]:
    """All that may be told where a field is filled from."""
    content = release.content
    return {
        "about": {"me", "family", "other"},
        "country": set(content.countries),
        "sector": set(content.sectors),
        "danger": {one.id for one in content.dangers},
    }.get(field.from_, set())
