"""The commands of `desmigratif`."""

import click

from bot.cli import asking, content, offices, service, storage
from bot.cli.running import Group


@click.group(cls=Group)
def main() -> None:
    """The chat service of Indonesia's migrant villages."""


for command in (
    service.serve,
    service.key,
    asking.ask,
    asking.talk,
    asking.evaluate,
    content.check,
    content.village,
    storage.migrate,
    storage.backup,
    storage.restore,
    storage.verify,
    storage.retry,
    offices.officer,
    offices.case,
):
    main.add_command(command)
