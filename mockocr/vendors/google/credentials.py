"""The credential of the account `dev`, fresh ones, and the key file of a service account.

The RSA key pair is a test key that everybody can read, so it is no secret. Generated credentials
share it and differ in everything else, because it takes a quarter of a second to generate a key.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import quote

_PUBLIC_TEST_PRIVATE_KEY = """
MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCb5HcsFtaB+4l6
6+YmY9nLJOFZAUEfWEKqjc9yi6IE8koXYMa1Rog1wOEjI+Je6/wZ3gb8n3iE/Yxt
13FNBHf55EFXWQs1sp+mCQzQATY1RaJA2wRudVEdp5/SuuytSy7sODmaahwm8oJ1
4mnnPwsYAQzCTDGsLVwGJ4zU7AXx9raBLlvsBkZqItWEdY2g4nOR0ejzrmuH4eJM
Qp7/1EgHnHKloDgBVXso7irxvem3ctdNKLvzXYn8rJSczkT7m/ey8mNHnGiiyLqb
kkIkUdTICR53XlCslgIzWJBd4dBVPpgy6aLV365MbB+lkTDw0p+vxLvJxQT00Aak
bjhrNT+VAgMBAAECggEATXfVrt+0fkh489A5gTdaeiRcJaZFbeWmz2mEPshb3bhn
kEGDzX583rV4S8WfzwrXLyWR9ETtF62F9Om8gIjpdBF1VQpHU0puIozZxJ3ticCO
VktgYuHCywlLF2XTinRTn4h7O5xiXApkQV+fwA4onaeb5wwFHSo3UkmiJwcZFzl7
DYYsEX4o7Uam3Q2+68pI0QjBmcZCyYtksi8ml5CSXVt8pKCHHLwXa8FNs8NZdt01
/aVBpMGBeW1DZr9oN+sk+M0nPxMRAYuKT9p/5FymK5qu/z8DuL9pGaPj01HCjq1Y
59o86NCoITUFdzr3exEZWrWCCWYTanrCE1MGo8KfiwKBgQDZQ7Dl2SIFTrZiULYm
WCJCq+dZe9dCFyseG8EnEwyU7VtwrK6JS2l20H6SbFatHLvJpEqbbDtOj0fU1Nj+
zVICksq1l1mvKeMmOFtEoWDBR0V1vk3bB9WTnxeDuuTp/HSw/wzi/oXqjUrB3FGU
8arlbceSb+Oa1yofUnl2NIVaPwKBgQC3r6fXRdCQbMvBNYb48NYR9M+/Morj2BZU
Zj3ym4UV5iawv3xWbBn6BpPsgtUbQAqr7hIIQRY2Iz4fnw+Yeoyv3sgGw1T45QTZ
p+4AsTN0ag9jJDZF8IDTP9fY6o3UnSMn17cfYOUVFc/XvcbGTFl8W2lCLvb3Ppos
1q92veUpKwKBgQCUNp1i73FJ9ZxuDWl1VwJoQSUd4mHCcFO1wnFN2qzmm9WZU/Pt
LUjRCQKPmOC4T7W7pRxQUtFSkmQKSPmPOToND17B6nIAEK8oz6FTfFOpBpnX7O7n
0LxebFV6Q/ENvm9Mn3GHGOL6U1EAVvBAj2xp/y36M+ItK0NNAtJhVQrzuQKBgF83
WtWohviWrPg2ewTIMu+T66y80mpRNSIC7dG49D/p0dyFJjrWRpDon/1VxIofpGiD
PC2zL4RYuHdDyJ3NyOfRn/aBgqaScPUyq5kIQhfyco990fRnOyBGU+lJjMPNwM+C
bpaBb76CU/8NjOB1610fNWztU2/Or7TWhJYU0ZmJAoGAVO5RSTcvTR4E7mZfOP9O
YZWayvFQet/c5hJl2Uj46dnf7/d0Zd8M9SYNVwh8khoM5Ij+ZYMiX2GM8DhUVH3y
ANIcisRolD1JBUp/C2P2ZxH6rJJfx7ChTRiVHLV5WQ/6topF2GCZrqzGMFa9soHw
ff990dGtNUIwg1w5dU+FtHs=
"""

_PUBLIC_TEST_KEY = """
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAm+R3LBbWgfuJeuvmJmPZ
yyThWQFBH1hCqo3PcouiBPJKF2DGtUaINcDhIyPiXuv8Gd4G/J94hP2MbddxTQR3
+eRBV1kLNbKfpgkM0AE2NUWiQNsEbnVRHaef0rrsrUsu7Dg5mmocJvKCdeJp5z8L
GAEMwkwxrC1cBieM1OwF8fa2gS5b7AZGaiLVhHWNoOJzkdHo865rh+HiTEKe/9RI
B5xypaA4AVV7KO4q8b3pt3LXTSi7812J/KyUnM5E+5v3svJjR5xoosi6m5JCJFHU
yAked15QrJYCM1iQXeHQVT6YMumi1d+uTGwfpZEw8NKfr8S7ycUE9NAGpG44azU/
lQIDAQAB
"""


def _pem(kind: str, body: str) -> str:
    dashes = "-" * 5
    return f"{dashes}BEGIN {kind}{dashes}{body}{dashes}END {kind}{dashes}\n"


PRIVATE_KEY = _pem("PRIVATE KEY", _PUBLIC_TEST_PRIVATE_KEY)
PUBLIC_KEY = _pem("PUBLIC KEY", _PUBLIC_TEST_KEY)
TOKEN_PATH = "/token"

EXAMPLE = {
    "api_key": "AIzaSyMOCKOCR-dev-000000000000000000000",
    "project_id": "mockocr-dev",
    "project_number": "100000000001",
    "client_email": "dev@mockocr-dev.iam.gserviceaccount.com",
    "client_id": "100000000000000000001",
    "private_key_id": "0123456789abcdef0123456789abcdef01234567",
    "private_key": PRIVATE_KEY,
    "public_key": PUBLIC_KEY,
}
"""`api_key` stands alone; the other fields are those of a service account."""


def generate_credentials(text: str) -> Mapping[str, str]:
    """Fresh credentials with the example's key pair."""
    number = str(int(text, 16))
    project = f"mockocr-{text[:12]}"
    return {
        "api_key": f"AIzaSy{text[:33]}",
        "project_id": project,
        "project_number": number[-12:].replace("0", "1"),
        "client_email": f"tester@{project}.iam.gserviceaccount.com",
        "client_id": number[:21],
        "private_key_id": text,
        "private_key": PRIVATE_KEY,
        "public_key": PUBLIC_KEY,
    }


def key_file(values: Mapping[str, str], url: str) -> str:
    """The JSON key file of the service account, as Google's console hands it out (doc: IAM, create
    and delete service account keys). `token_uri` leads to the server at `url`.
    """
    certificates = "https://www.googleapis.com"
    document = {
        "type": "service_account",
        "project_id": values["project_id"],
        "private_key_id": values["private_key_id"],
        "private_key": values["private_key"],
        "client_email": values["client_email"],
        "client_id": values["client_id"],
        "auth_uri": "https://accounts.google.com/o/oauth2/auth",
        "token_uri": f"{url}{TOKEN_PATH}",
        "auth_provider_x509_cert_url": f"{certificates}/oauth2/v1/certs",
        "client_x509_cert_url": (
            f"{certificates}/robot/v1/metadata/x509/{quote(values['client_email'], safe='')}"
        ),
        "universe_domain": "googleapis.com",
    }
    return json.dumps(document, indent=2) + "\n"
