# The service as an image: it runs as nobody in particular, writes nowhere but into its volume, and says itself whether it lives.
#   docker build -t desmigratif . && docker run --read-only --tmpfs /tmp -v desmigratif:/var/lib/desmigratif -p 127.0.0.1:8080:8080 desmigratif
FROM python:3.11-slim-bookworm AS build
WORKDIR /srv/app
COPY requirements.lock pyproject.toml README.md ./
RUN python -m venv /srv/venv \
    && /srv/venv/bin/python -m pip install --quiet --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock
COPY bot bot
COPY db db
COPY locales locales
COPY content content
RUN /srv/venv/bin/python -m pip install --quiet --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation --editable . \
    && /srv/venv/bin/python -m compileall -q bot

# pg_dump and pg_restore make the backups of a PostgreSQL database: as new as the server of compose.yaml, or newer.
FROM python:3.11-slim-bookworm
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /var/lib/desmigratif --shell /usr/sbin/nologin desmigratif \
    && install -d -o 10001 -g 10001 -m 0700 /var/lib/desmigratif
COPY --from=build /srv /srv
ENV PATH=/srv/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 HOST=0.0.0.0 PORT=8080 LOG_FORMAT=json
USER 10001:10001
# Settings come from the environment, or from a file .env here; the key and a SQLite database lie in var/ below it.
WORKDIR /var/lib/desmigratif
VOLUME /var/lib/desmigratif
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/health', timeout=4)"]
CMD ["desmigratif", "serve"]
