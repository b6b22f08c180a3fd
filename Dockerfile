# mockocr on Debian, with Tesseract and its Chinese and English data.
#   docker build -t mockocr .
#   docker run --rm -p 8080:8080 mockocr
# `scripts/image` builds it, starts it and reads a picture through it.

ARG DEBIAN_RELEASE=bookworm

FROM docker.io/library/debian:${DEBIAN_RELEASE}-slim AS built
RUN apt-get update -qq \
    && apt-get install -qq -y --no-install-recommends python3-venv ca-certificates \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY mockocr mockocr
COPY fixtures fixtures
# tesserocr only as a wheel: where there is none, the tesseract command reads instead
RUN python3 -m venv /opt/mockocr \
    && { /opt/mockocr/bin/pip install -q --no-cache-dir --only-binary tesserocr '.[full,grpc,pdf,redis,tls]' \
        || /opt/mockocr/bin/pip install -q --no-cache-dir '.[grpc,models,pdf,redis,tls]'; } \
    && /opt/mockocr/bin/python -m compileall -q /opt/mockocr/lib \
    && rm -rf /opt/mockocr/lib/python3*/site-packages/pip \
        /opt/mockocr/lib/python3*/site-packages/pip-* \
        /opt/mockocr/lib/python3*/site-packages/setuptools* \
        /opt/mockocr/bin/pip*

FROM docker.io/library/debian:${DEBIAN_RELEASE}-slim
RUN apt-get update -qq \
    && apt-get install -qq -y --no-install-recommends \
        python3 ca-certificates tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-eng \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin mockocr \
    && install -d -o mockocr -m 0700 /var/lib/mockocr
COPY --from=built /opt/mockocr /opt/mockocr
ENV PATH=/opt/mockocr/bin:$PATH \
    MOCKOCR_HOST=0.0.0.0 \
    MOCKOCR_HOME=/var/lib/mockocr \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    OMP_THREAD_LIMIT=1
USER mockocr
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python3", "-c", "import os, urllib.request as r; r.urlopen(r.Request('http://127.0.0.1:' + os.environ.get('MOCKOCR_PORT', '8080') + '/_mockocr/health', headers={'Authorization': 'Bearer ' + os.environ.get('MOCKOCR_CONTROL_TOKEN', '')}), timeout=4)"]
ENTRYPOINT ["mockocr"]
CMD ["serve", "--host", "0.0.0.0"]
