"""A false street with a Telegram in it: a Bot API server of its own process, strict where the real one is strict.

`python -m tests.fake_telegram --port 0` prints where it listens. Bots use `/bot<token>/<method>`, or
`/life-<which>/bot<token>/<method>` where the log is to know which of a bot's lives it was; tests say what people do, and see
what people saw, under `/control/`.
"""
