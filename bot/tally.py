"""What this process has done since it started, counted as it happens: the metrics page need not count rows for it.

Counters begin at 0 with each process; whoever watches reads how they rise. No label names a person, a chat or a text.
"""

from dataclasses import dataclass
from functools import partial

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics

disable_created_metrics()  # type: ignore[no-untyped-call]  # when each began would double the page

_BATCH = (1, 2, 4, 8, 16, 32, 64, 128, 256)
_HANDLING = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_DELIVERY = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200)


@dataclass(frozen=True, slots=True)
class Tally:
    """The counters and histograms of one process, in a registry of their own; made by `new_tally`.

    `handled` by channel, `sends` by channel and ending (the row's state after it), `floods` (429 answers) by channel,
    `refused` (intake answered 503, or a page of updates not confirmed) by why: a word such as `disk` or `database`.
    `strange` by channel. `handling` is the seconds from a message's arrival at this process to its commit, `delivery` from
    a reply's row to its being sent, by channel. `found` is what the last sweep found, by what; `swept` when that was (Unix
    seconds).
    """

    registry: CollectorRegistry
    handled: Counter
    set_aside: Counter
    batches: Counter
    answered: Counter
    unanswered: Counter
    sends: Counter
    floods: Counter
    refused: Counter
    outrun: Counter
    out_of_sight: Counter
    strange: Counter
    batch_size: Histogram
    handling: Histogram
    delivery: Histogram
    found: Gauge
    swept: Gauge


def new_tally() -> Tally:
    """Everything at 0."""
    registry = CollectorRegistry()
    counter, histogram = partial(Counter, registry=registry), partial(Histogram, registry=registry)
    return Tally(
        registry,
        handled=counter("desmigratif_handled", "incoming messages taken", ["channel"]),
        set_aside=counter("desmigratif_put_aside", "messages that could not be handled and were set aside"),
        batches=counter("desmigratif_batches", "batches committed"),
        answered=counter("desmigratif_answered", "questions answered"),
        unanswered=counter("desmigratif_unanswered", "questions nobody could answer"),
        sends=counter("desmigratif_sends", "tries to send a message, by how they ended", ["channel", "ending"]),
        floods=counter("desmigratif_flood_limits", "sends a platform answered with 429: too many", ["channel"]),
        refused=counter("desmigratif_refused", "times intake was refused, to come again", ["why"]),
        outrun=counter("desmigratif_outrun", "batches begun again because another worker was quicker"),
        out_of_sight=counter("desmigratif_out_of_sight", "times an officer asked for a case not in their sight"),
        strange=counter("desmigratif_strange", "things a platform brought that were for another account", ["channel"]),
        batch_size=histogram("desmigratif_batch_size", "incoming messages in a batch", buckets=_BATCH),
        handling=histogram("desmigratif_handling_seconds", "from arrival to commit", buckets=_HANDLING),
        delivery=histogram("desmigratif_delivery_seconds", "from row to sent", ["channel"], buckets=_DELIVERY),
        found=Gauge("desmigratif_sweep_found", "what the last sweep found in trouble", ["what"], registry=registry),
        swept=Gauge("desmigratif_last_sweep_timestamp_seconds", "when it was", registry=registry),
    )
