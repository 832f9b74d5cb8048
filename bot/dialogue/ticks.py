"""Whatever a step does to a case, the case's clock follows: here, for all acts alike, so that none can forget it."""

from dataclasses import replace

from bot.casework.clocks import ticking
from bot.dialogue.turn import Turn
from bot.model.effects.cases import Act
from bot.model.step import Effect, Step


def in_time(turn: Turn, step: Step) -> Step:
    """The step with the clock of every case it moves as that act leaves it."""
    return replace(step, effects=tuple(_timed(turn, one) for one in step.effects))


def _timed(turn: Turn, effect: Effect) -> Effect:
    if not isinstance(effect, Act):
        return effect
    after = ticking(effect.after, effect.event.kind, effect.event.at, turn.timing(effect.case))
    return effect if after == effect.after else replace(effect, becomes=after)
