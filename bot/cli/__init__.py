"""The commands of `desmigratif`."""

import click

from bot.cli import (
    asking,
    content,
    editing,
    evaluating,
    exports,
    feedback,
    offices,
    posters,
    publishing,
    service,
    storage,
    undelivered,
    vacancies,
)
from bot.cli.running import Group


@click.group(cls=Group)
def main() -> None:
    """The chat service of Indonesia's migrant villages."""


for command in (
    service.serve,
    service.key,
    asking.ask,
    asking.talk,
    evaluating.evaluate,
    content.check,
    content.village,
    vacancies.vacancy,
    publishing.publish_folder,
    publishing.rollback,
    publishing.list_releases,
    editing.show_coverage,
    editing.stale,
    editing.preview,
    editing.diff,
    storage.migrate,
    storage.backup,
    storage.restore,
    storage.verify,
    storage.retry,
    undelivered.dead,
    undelivered.uncertain,
    offices.officer,
    offices.case,
    exports.export,
    posters.poster,
    feedback.unanswered,
    feedback.corrections,
):
    main.add_command(command)
