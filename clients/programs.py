"""The programs here: which client each one uses, where its version is pinned, what it is asked."""

from __future__ import annotations

import json
import re
import textwrap
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
CHECKS = ("read", "wrong secret", "bad picture", "used up")
"""What every program reports at least, in any order."""

HTTP = "http, its address"
HTTPS = "https, its address"
HTTPS_PROXY = "https, by proxy"
HTTP_PROXY = "http, by proxy"
HTTPS_NAME = "https, by name"
"""Ways in: the client is given the server's address, or keeps its vendor's own; then the
environment leads it to the server's proxy, or the vendor's name leads to this machine as it does
with a hosts file.
"""


@dataclass(frozen=True, slots=True)
class Program:
    """One program and one way to call it.

    `package` is the client's name where it is published, as its manifest here writes it; for curl
    it is the vendor. `arguments` choose between the forms that one program knows. `note` is for
    the page.
    """

    language: str
    package: str
    title: str
    source: str
    arguments: tuple[str, ...] = ()
    ways: tuple[str, ...] = (HTTP, HTTPS, HTTPS_PROXY)
    note: str = ""

    @property
    def path(self) -> Path:
        """The file that holds the client's code."""
        return FOLDER / self.language / self.source

    @property
    def name(self) -> str:
        """Client, pinned version and what it is asked to do."""
        if self.language == "curl":
            return f"curl, {self.package} ({self.title})"
        return f"{self.package} {version(self.language, self.package)} ({self.title})"

    def lines(self) -> str:
        """The lines between `docs: begin` and `docs: end`."""
        text = self.path.read_text("utf-8")
        (found,) = re.findall(
            r"docs: begin\n(.*?)^[^\n]*docs: end$", text, re.MULTILINE | re.DOTALL
        )
        return textwrap.dedent(found.expandtabs(4)).rstrip()


def version(language: str, package: str) -> str:
    """The version that the language's manifest pins; LookupError when it pins none."""
    found: str | None = None
    if language == "python":
        found = _first(rf"^{re.escape(package)}==(\S+)$", "python/requirements.txt")
    elif language == "node":
        manifest = json.loads((FOLDER / "node/package.json").read_text("utf-8"))
        found = manifest["dependencies"].get(package)
    elif language == "java":
        artifact = re.escape(package.partition(":")[2])
        pattern = rf"<artifactId>{artifact}</artifactId>\s*<version>([^<]+)</version>"
        found = _first(pattern, "java/pom.xml")
    elif language == "go":
        found = _first(rf"^\s*{re.escape(package)} v(\S+)$", "go/go.mod")
    if found is None or not re.fullmatch(r"\d[\w.]*", found):
        raise LookupError(f"{package} is not pinned for {language}")
    return found


def _first(pattern: str, file: str) -> str | None:
    match = re.search(pattern, (FOLDER / file).read_text("utf-8"), re.MULTILINE)
    return match.group(1) if match else None


EVERY = (HTTP, HTTPS, HTTPS_PROXY, HTTP_PROXY)
"""For clients of vendors that answer on http too."""
CURL = (HTTP, HTTPS, HTTPS_PROXY, HTTPS_NAME)
"""curl alone can be told of a hosts file, and of a port that is not 443, from outside."""

PROGRAMS = (
    Program("python", "huaweicloudsdkocr", "AK/SK", "huawei_aksk.py"),
    Program(
        "python",
        "huaweicloudsdkocr",
        "region",
        "huawei_region.py",
        note="Without a project it asks the identity service for the region's.",
    ),
    Program("python", "huaweicloudsdkocr", "token", "huawei_token.py"),
    *(
        Program(
            "python",
            "tencentcloud-sdk-python-ocr",
            " ".join(signed),
            "tencent_cloud.py",
            signed,
            note="It brings its own authorities: `authorities` is the file of SSL_CERT_FILE.",
        )
        for signed in (
            ("TC3-HMAC-SHA256", "POST"),
            ("TC3-HMAC-SHA256", "GET"),
            ("HmacSHA256", "GET"),
            ("HmacSHA1", "POST"),
        )
    ),
    Program("python", "qcloud_image", "multipart", "tencent_legacy.py", ways=EVERY),
    Program(
        "python",
        "qcloud_image",
        "cards",
        "tencent_cards.py",
        ways=EVERY,
        note="It offers no place for an address: this is the one that it keeps to itself.",
    ),
    Program("node", "tencentcloud-sdk-nodejs-ocr", "TC3", "tencent_cloud.js"),
    Program("node", "image-node-sdk", "JSON", "tencent_legacy.js", ("json",), EVERY),
    Program("node", "image-node-sdk", "multipart", "tencent_legacy.js", ("multipart",), EVERY),
    Program("node", "image-node-sdk", "cards", "tencent_cards.js", ways=EVERY),
    Program(
        "node",
        "aliyun-api-gateway",
        "AppKey",
        "aliyun_signed.js",
        ways=(HTTP, HTTPS),
        note="It knows no proxy, and accepts any certificate.",
    ),
    Program(
        "node",
        "aliyun-api-gateway",
        "AppCode",
        "aliyun_appcode.js",
        ways=(HTTP, HTTPS),
        note="It knows no proxy, and accepts any certificate.",
    ),
    Program(
        "node",
        "aliyun-api-gateway",
        "Aliyun's own services",
        "aliyun_services.js",
        ways=(HTTP, HTTPS),
        note="It knows no proxy, and accepts any certificate.",
    ),
    Program(
        "java",
        "com.huaweicloud.sdk:huaweicloud-sdk-ocr",
        "AK/SK",
        "src/main/java/HuaweiWebImage.java",
    ),
    Program(
        "java",
        "com.qcloud:qcloud-image-sdk",
        "multipart",
        "src/main/java/TencentLegacy.java",
        ways=(HTTPS, HTTPS_PROXY),
        note="It speaks https alone.",
    ),
    Program(
        "java",
        "com.tencentcloudapi:tencentcloud-sdk-java-ocr",
        "TC3",
        "src/main/java/TencentCloud.java",
    ),
    Program(
        "go",
        "github.com/huaweicloud/huaweicloud-sdk-go-v3",
        "AK/SK",
        "huawei/main.go",
        note="It does not look at HTTPS_PROXY: `settings` hands it the proxy.",
    ),
    Program("go", "github.com/tencentcloud/tencentcloud-sdk-go", "TC3", "tencent_cloud/main.go"),
    Program("curl", "Tencent", "JSON", "tencent.sh", ("json",), (*EVERY, HTTPS_NAME)),
    Program("curl", "Tencent", "multipart", "tencent.sh", ("multipart",), (*EVERY, HTTPS_NAME)),
    Program("curl", "Huawei", "token", "huawei.sh", ways=CURL),
    Program("curl", "Aliyun's market", "AppCode", "aliyun.sh", ways=(*EVERY, HTTPS_NAME)),
    Program("curl", "Tupu", "multipart", "tupu.sh", ways=CURL),
)
