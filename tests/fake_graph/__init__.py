"""A false street with a WhatsApp in it: Meta's Graph API as a server of its own process, strict where Meta is strict.

`python -m tests.fake_graph --port 0` prints where it listens. The service uses `/v26.0/<number id>/messages` and the
like; tests say what people do, and see what people saw, under `/control/`.
"""
