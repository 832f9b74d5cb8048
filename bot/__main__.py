"""`python -m bot` is the command `desmigratif`."""

import gc


def main() -> None:
    """Load the commands and run the one that is asked for."""
    gc.disable()  # a thousand modules stay loaded: to look them through for garbage would be a tenth of the loading
    from bot.cli import main as desmigratif  # noqa: PLC0415  with the collector off

    gc.freeze()
    gc.enable()
    desmigratif()


if __name__ == "__main__":
    main()
