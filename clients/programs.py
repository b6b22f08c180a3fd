"""The client programs: which client each one uses, and where its version is pinned."""

from __future__ import annotations

import json
import re
import textwrap
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
CHECKS = ("read", "wrong secret", "bad picture", "used up")
"""The checks that every program must report, in any order."""

HTTP = "http, its address"
HTTPS = "https, its address"
HTTPS_PROXY = "https, by proxy"
HTTP_PROXY = "http, by proxy"
HTTPS_NAME = "https, by name"
"""Routes: the client gets the server's address, or it uses the vendor's own address and is led to
the server by a proxy in the environment, or by a changed name resolution as with a hosts file.
"""


@dataclass(frozen=True, slots=True)
class Program:
    """One program and one way to run it.

    `package` is the client's name in its manifest; for curl it is the vendor. A client that comes
    with its language has no manifest, so it is not `pinned`. `arguments` choose what the program
    does if it has several modes. `note` is printed on the page.
    """

    language: str
    package: str
    title: str
    source: str
    arguments: tuple[str, ...] = ()
    routes: tuple[str, ...] = (HTTP, HTTPS, HTTPS_PROXY)
    note: str = ""
    pinned: bool = True

    @property
    def path(self) -> Path:
        """The program's source file."""
        return FOLDER / self.language / self.source

    @property
    def name(self) -> str:
        """The client, its pinned version and the title."""
        if self.language == "curl":
            return f"curl, {self.package} ({self.title})"
        if not self.pinned:
            return f"{self.package} ({self.title})"
        return f"{self.package} {version(self.language, self.package)} ({self.title})"

    def lines(self) -> str:
        """The source lines between `docs: begin` and `docs: end`."""
        text = self.path.read_text("utf-8")
        (found,) = re.findall(
            r"docs: begin\n(.*?)^[^\n]*docs: end$", text, re.MULTILINE | re.DOTALL
        )
        return textwrap.dedent(found.expandtabs(4)).rstrip()


def version(language: str, package: str) -> str:
    """The version that the language's manifest pins. Raises LookupError if there is none."""
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
"""For clients that can use http with the vendor's address."""
CURL = (HTTP, HTTPS, HTTPS_PROXY, HTTPS_NAME)
"""Only curl can be led to another host and port by its configuration."""

PROGRAMS = (
    Program("python", "huaweicloudsdkocr", "AK/SK", "huawei_aksk.py"),
    Program(
        "python",
        "huaweicloudsdkocr",
        "region",
        "huawei_region.py",
        note="Without a project, it asks the identity service for the region's project.",
    ),
    Program("python", "huaweicloudsdkocr", "token", "huawei_token.py"),
    Program(
        "python",
        "google-cloud-vision",
        "gRPC",
        "google_vision.py",
        ("grpc",),
        note="By the server's address, `endpoint` is its host and its https port. For plain text,"
        " make an insecure channel to the port of `--grpc-port`.",
    ),
    Program(
        "python",
        "google-cloud-vision",
        "REST",
        "google_vision.py",
        ("rest",),
        note="`endpoint` may also begin with http://.",
    ),
    *(
        Program(
            "python",
            "tencentcloud-sdk-python-ocr",
            " ".join(signed),
            "tencent_cloud.py",
            signed,
            note="It has its own CA list: `authorities` is the file of SSL_CERT_FILE.",
        )
        for signed in (
            ("TC3-HMAC-SHA256", "POST"),
            ("TC3-HMAC-SHA256", "GET"),
            ("HmacSHA256", "GET"),
            ("HmacSHA1", "POST"),
        )
    ),
    Program(
        "python",
        "tencentcloud-sdk-python-ocr",
        "cards, invoices, tables",
        "tencent_documents.py",
        note="It has its own CA list, as above. Fields of licences and invoices are scripted.",
    ),
    Program("python", "qcloud_image", "multipart", "tencent_legacy.py", routes=EVERY),
    Program(
        "python",
        "qcloud_image",
        "cards",
        "tencent_cards.py",
        routes=EVERY,
        note="It has no option for the address: this sets its private attribute.",
    ),
    Program(
        "python",
        "baidu-aip",
        "token",
        "baidu.py",
        note="It accepts any certificate.",
    ),
    Program(
        "python",
        "alibabacloud_ocr_api20210707",
        "ACS3",
        "aliyun.py",
        note="Behind a proxy it has its own CA list: `authorities` is the file of SSL_CERT_FILE.",
    ),
    Program(
        "node",
        "@alicloud/ocr-api20210707",
        "ACS3",
        "aliyun.js",
        routes=(HTTP, HTTPS),
        note="It ignores HTTPS_PROXY: its Config has `httpsProxy`.",
    ),
    Program("java", "com.aliyun:ocr_api20210707", "ACS3", "src/main/java/AliyunOcr.java"),
    Program("go", "github.com/alibabacloud-go/ocr-api-20210707/v3", "ACS3", "aliyun/main.go"),
    Program("node", "baidu-aip-sdk", "token", "baidu.js", routes=(HTTP, HTTPS)),
    Program(
        "go",
        "github.com/baidubce/bce-sdk-go",
        "bce-auth-v1",
        "baidu/main.go",
        note="It has no OCR: its generic client signs. It ignores HTTPS_PROXY for its `ProxyUrl`.",
    ),
    Program(
        "java",
        "com.baidu.aip:java-sdk",
        "token",
        "src/main/java/BaiduOcr.java",
        routes=(HTTPS_PROXY,),
        note="Its addresses are constants; it knows a proxy, and trusts what Java trusts.",
    ),
    Program("python", "boto3", "Textract", "aws_textract.py"),
    Program(
        "node",
        "@aws-sdk/client-textract",
        "Textract",
        "aws_textract.js",
        routes=(HTTP, HTTPS),
        note="It ignores HTTPS_PROXY.",
    ),
    Program(
        "java",
        "software.amazon.awssdk:textract",
        "Textract",
        "src/main/java/AwsTextract.java",
    ),
    Program(
        "go", "github.com/aws/aws-sdk-go-v2/service/textract", "Textract", "aws_textract/main.go"
    ),
    Program("python", "ocrspace", "form field", "ocr_space.py", routes=EVERY),
    Program(
        "node",
        "@azure-rest/ai-document-intelligence",
        "key",
        "azure_document_intelligence.js",
        note="It refuses an http address unless `allowInsecureConnection` is true.",
    ),
    Program("node", "ocr-space-api-wrapper", "header", "ocr_space.js", routes=(HTTP, HTTPS)),
    Program("python", "azure-ai-documentintelligence", "key", "azure_document_intelligence.py"),
    Program("python", "azure-ai-formrecognizer", "key", "azure_form_recognizer.py"),
    Program("python", "azure-ai-vision-imageanalysis", "key", "azure_vision.py"),
    Program(
        "node",
        "@google-cloud/vision",
        "gRPC",
        "google_vision.js",
        ("grpc",),
        (HTTPS, HTTPS_PROXY),
        note="By the server's address, the port is the https port or that of `--grpc-port`.",
    ),
    Program(
        "node",
        "@google-cloud/vision",
        "REST",
        "google_vision.js",
        ("rest",),
        (HTTP, HTTPS),
        note="With `fallback` it knows no proxy.",
    ),
    Program("node", "tencentcloud-sdk-nodejs-ocr", "TC3", "tencent_cloud.js"),
    Program("node", "image-node-sdk", "JSON", "tencent_legacy.js", ("json",), EVERY),
    Program("node", "image-node-sdk", "multipart", "tencent_legacy.js", ("multipart",), EVERY),
    Program("node", "image-node-sdk", "cards", "tencent_cards.js", routes=EVERY),
    Program(
        "node",
        "aliyun-api-gateway",
        "AppKey",
        "aliyun_signed.js",
        routes=(HTTP, HTTPS),
        note="It knows no proxy, and accepts any certificate.",
    ),
    Program(
        "node",
        "aliyun-api-gateway",
        "AppCode",
        "aliyun_appcode.js",
        routes=(HTTP, HTTPS),
        note="It knows no proxy, and accepts any certificate.",
    ),
    Program(
        "node",
        "aliyun-api-gateway",
        "Aliyun's own services",
        "aliyun_services.js",
        routes=(HTTP, HTTPS),
        note="It knows no proxy, and accepts any certificate.",
    ),
    Program(
        "java",
        "com.google.cloud:google-cloud-vision",
        "gRPC",
        "src/main/java/GoogleVision.java",
        routes=(HTTPS, HTTPS_PROXY),
        note="By the server's address, the endpoint is its host and its https port.",
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
        routes=(HTTPS, HTTPS_PROXY),
        note="It supports only https.",
    ),
    Program(
        "java",
        "com.tencentcloudapi:tencentcloud-sdk-java-ocr",
        "TC3",
        "src/main/java/TencentCloud.java",
    ),
    Program(
        "java",
        "com.azure:azure-ai-documentintelligence",
        "key",
        "src/main/java/AzureDocumentIntelligence.java",
        routes=(HTTPS, HTTPS_PROXY),
        note="It sends keys only with https.",
    ),
    Program(
        "java",
        "com.github.binarywang:weixin-java-mp",
        "token",
        "src/main/java/WeChatOcr.java",
        note="`config` is a `WxMpDefaultConfigImpl`; `setHttpProxyHost` gives it a proxy.",
    ),
    Program(
        "java",
        "java.net.http.HttpClient",
        "JSON",
        "src/main/java/JdkHttpClient.java",
        routes=EVERY,
        note="With an http address, it asks to upgrade to HTTP/2 and is answered as HTTP/1.1.",
        pinned=False,
    ),
    Program(
        "php",
        "Guzzle",
        "multipart",
        "tencent.php",
        routes=EVERY,
        note="Guzzle and PHP's curl read the CA from the folder in PHP_INI_SCAN_DIR.",
        pinned=False,
    ),
    Program(
        "csharp",
        "System.Net.Http",
        "multipart",
        "Tencent.cs",
        routes=(HTTP, HTTP_PROXY),
        note="Mono has its own list of authorities (`cert-sync`), so only http is tried.",
        pinned=False,
    ),
    Program(
        "go",
        "github.com/huaweicloud/huaweicloud-sdk-go-v3",
        "AK/SK",
        "huawei/main.go",
        note="It ignores HTTPS_PROXY: `settings` passes the proxy to it.",
    ),
    Program(
        "go",
        "cloud.google.com/go/vision/v2",
        "gRPC",
        "google_vision/main.go",
        routes=(HTTPS, HTTPS_PROXY),
        note="By the server's address, `endpoint` is its host and its https port.",
    ),
    Program("go", "github.com/tencentcloud/tencentcloud-sdk-go", "TC3", "tencent_cloud/main.go"),
    Program("curl", "Tencent", "JSON", "tencent.sh", ("json",), (*EVERY, HTTPS_NAME)),
    Program("curl", "Tencent", "HTTP/2 upgrade", "tencent.sh", ("json", "--http2"), EVERY),
    Program("curl", "Tencent", "multipart", "tencent.sh", ("multipart",), (*EVERY, HTTPS_NAME)),
    Program("curl", "Huawei", "token", "huawei.sh", routes=CURL),
    Program("curl", "Aliyun's market", "AppCode", "aliyun.sh", routes=(*EVERY, HTTPS_NAME)),
    Program("curl", "Tupu", "multipart", "tupu.sh", routes=CURL),
)
