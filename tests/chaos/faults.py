"""All faults, in the order of their numbers."""

from tests.chaos import answers, backlog, backups, disk, floods, fuzz, jumps, kills, kills_fleet, locks, orders, power
from tests.chaos.outcome import Fault

FAULTS: tuple[Fault, ...] = (
    Fault(
        "F1",
        "kill -9 at random moments and every named point, people at work (few topics; forked off a loaded process)",
        kills.run,
        short=100,
        long=2_000,
        minutes=25,
    ),
    Fault(
        "F1 on PostgreSQL",
        "four workers on one server killed in turn, at random moments and named points; Telegram brings to any of them",
        kills_fleet.run,
        short=10,
        long=500,
        minutes=10,
    ),
    Fault("F2", "the power cut at any moment of a day's work", power.run, short=300, long=10_000, minutes=4),
    Fault("F3", "the disk full, at any moment, while people write", disk.run, short=4, long=120, minutes=8),
    Fault(
        "F4",
        "the database locked by another program, and the service stopped meanwhile",
        locks.run,
        short=3,
        long=60,
        minutes=7,
    ),
    Fault(
        "F6",
        "the wall clock jumps by days, both ways, while people write and cases wait",
        jumps.run,
        short=4,
        long=150,
        minutes=10,
    ),
    Fault("F7", "Telegram or Meta answers badly, or not at all", answers.run, short=22, long=1_100, minutes=10),
    Fault(
        "F8",
        "messages doubled, reordered, late, replayed weeks later; sends fail",
        orders.run,
        short=60,
        long=1_500,
        minutes=6,
    ),
    Fault(
        "F9",
        "malformed updates and forms, and good messages among them",
        fuzz.run,
        short=5_000,
        long=1_000_000,
        minutes=13,
    ),
    Fault(
        "F10",
        "one chat floods while others ask; ten thousand chats at once",
        floods.run,
        short=2,
        long=60,
        minutes=7,
        alone=True,
    ),
    Fault(
        "F11",
        "a backlog after an outage, of updates, then of letters",
        backlog.run,
        short=1_000,
        long=100_000,
        minutes=8,
        alone=True,
    ),
    Fault("F14", "backups while people write", backups.run, short=20, long=500, minutes=2),
)
