# mockocr on Debian, in two sizes:
#   docker build -t mockocr .                                the best reader (Tesseract and PP-OCR)
#   docker build -t mockocr-slim --target mockocr-slim .     Tesseract alone
#   docker run --rm -p 8080:8080 mockocr
# `scripts/image` builds both, starts them, reads a picture through each, and can publish them.
# /data holds what outlives a container: goldens, init/ (scenarios of the start), mockocr.toml.

ARG DEBIAN_RELEASE=bookworm

FROM docker.io/library/debian:${DEBIAN_RELEASE}-slim AS build
RUN apt-get update -qq \
    && apt-get install -qq -y --no-install-recommends python3-venv ca-certificates binutils \
    && rm -rf /var/lib/apt/lists/*

FROM build AS slim
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY mockocr mockocr
COPY fixtures fixtures
COPY scripts/image-prune scripts/image-prune
RUN python3 -m venv /opt/mockocr \
    && /opt/mockocr/bin/pip install -q --no-cache-dir --no-compile --only-binary :all: \
        '.[cbor,fast,pdf,redis,tls,xlsx]'
RUN cp -a /opt/mockocr /opt/slim && scripts/image-prune /opt/slim

# a stage of its own, as it takes minutes and changes with the version alone
FROM build AS opencv
RUN apt-get update -qq \
    && apt-get install -qq -y --no-install-recommends cmake g++ ninja-build python3-dev \
    && rm -rf /var/lib/apt/lists/*
ARG OPENCV_VERSION=5.0.0.93
COPY scripts/image-opencv scripts/image-opencv
RUN scripts/image-opencv "$OPENCV_VERSION" /opencv

FROM slim AS full
COPY --from=opencv /opencv /opt/mockocr/share/opencv
# rapidocr brings the models; its own code and what that needs stay out
RUN mv /opt/mockocr/share/opencv/cv2.*.so /opt/mockocr/lib/python3*/site-packages \
    && /opt/mockocr/bin/pip install -q --no-cache-dir --no-compile --only-binary :all: \
        '.[grpc]' onnxruntime 'numpy>=2' \
    && /opt/mockocr/bin/pip install -q --no-cache-dir --no-compile --no-deps 'rapidocr>=3.10,<4' \
    && scripts/image-prune /opt/mockocr

# Debian's Python and what the environments load, without the rest of a distribution
FROM build AS system
RUN apt-get update -qq \
    && apt-get install -qq -y --no-install-recommends \
        busybox-static tesseract-ocr-chi-sim tesseract-ocr-eng \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin mockocr
COPY scripts/image-system scripts/image-system
COPY --from=slim /opt/slim /opt/slim
RUN scripts/image-system /system /opt/slim \
    && install -d -o mockocr -m 0755 /system/data /system/data/golden /system/data/init /system/data/home

FROM scratch AS base
COPY --from=system /system /
ENV PATH=/opt/mockocr/bin:/usr/bin \
    LANG=C.UTF-8 \
    MOCKOCR_HOST=0.0.0.0 \
    MOCKOCR_HOME=/data/home \
    MOCKOCR_INIT=/data/init \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    OMP_THREAD_LIMIT=1
USER mockocr
WORKDIR /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --start-interval=100ms --retries=3 \
    CMD ["python3", "-c", "import os, urllib.request as r; r.urlopen(r.Request('http://127.0.0.1:' + os.environ.get('MOCKOCR_PORT', '8080') + '/_mockocr/health', headers={'Authorization': 'Bearer ' + os.environ.get('MOCKOCR_CONTROL_TOKEN', '')}), timeout=4)"]
ENTRYPOINT ["mockocr"]
CMD ["serve"]

FROM base AS mockocr-slim
COPY --from=slim /opt/slim /opt/mockocr

FROM base AS mockocr
COPY --from=full /opt/mockocr /opt/mockocr
