"""The commands of `desmigratif`."""

from collections.abc import Sequence

import click

from bot.cli import service
from bot.cli.running import Group


def _others() -> Sequence[click.Command]:
    """What checks, edits and exports is not loaded for `serve`, whose people wait."""
    from bot.cli.others import OTHERS  # noqa: PLC0415  only for who asks for one of them

    return OTHERS


@click.group(cls=Group, others=_others)
def main() -> None:
    """The chat service of Indonesia's migrant villages."""


main.add_command(service.serve)
main.add_command(service.key)
