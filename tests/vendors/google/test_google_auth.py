"""API keys, tokens and JWTs: which are accepted, and why the others are not."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import google.auth.crypt
import google.auth.jwt
import pytest

from mockocr.app import Mock
from mockocr.core.account import Account, Credential
from mockocr.core.http import Request
from mockocr.vendors.google import VENDOR
from mockocr.vendors.google.credentials import key_file
from tests.asgi import Answer, ask
from tests.conformance import CASES, mock
from tests.exchange import DEFAULT_TIME
from tests.vendors.google.calling import PATH, annotate, entry, journal, post

DEV = VENDOR.credentials
CRYPT: Any = google.auth.crypt  # google-auth has few types
JWT: Any = google.auth.jwt
NOW = int(DEFAULT_TIME.timestamp())
GRANT = "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer"
NO_KEY = (("Content-Type", "application/json"),)
FORM = ("Content-Type", "application/x-www-form-urlencoded")
SCOPE = "https://www.googleapis.com/auth/cloud-platform"


def token(key_id: str = DEV["private_key_id"], **claims: Any) -> str:
    signer = CRYPT.RSASigner.from_string(DEV["private_key"], key_id)
    email = DEV["client_email"]
    standard = {"iss": email, "sub": email, "iat": NOW, "exp": NOW + 3600}
    made: bytes = JWT.encode(signer, {**standard, **claims})
    return made.decode()


def call(to: Mock, value: str, path: str = PATH) -> Answer:
    headers = (("Authorization", f"Bearer {value}"), ("Host", "127.0.0.1:8080"))
    return post(to, path, {"requests": [entry()]}, headers)


def exchange(to: Mock, assertion: str) -> Answer:
    body = f"grant_type={GRANT}&assertion={assertion}".encode()
    headers = (("Host", "localhost:8080"), FORM)
    return ask(to.asgi, "POST", "/token", headers, body)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"aud": "https://vision.googleapis.com/"}, ""),
        ({"aud": "https://eu-vision.googleapis.com/"}, ""),
        ({"aud": "https://us-vision.googleapis.com/"}, ""),
        ({"aud": "https://content-vision.googleapis.com/"}, ""),
        ({"aud": "https://vision.mtls.googleapis.com/"}, ""),
        ({"scope": "https://www.googleapis.com/auth/cloud-vision"}, ""),
        ({"aud": "http://127.0.0.1:8080/"}, ""),
        ({"scope": f"openid {SCOPE}"}, ""),
        ({"aud": "https://storage.googleapis.com/"}, "aud of the JWT is"),
        ({"scope": "https://www.googleapis.com/auth/devstorage.read_only"}, "aud of the JWT is"),
        ({"iss": "stranger@example.org", "aud": "x"}, "the JWT is of the unknown service account"),
        ({"exp": NOW - 400}, "the JWT expired 400 s ago"),
        ({"iat": NOW + 301, "exp": NOW + 3600}, "iat of the JWT is 301 s in the future"),
        ({"exp": NOW + 7200}, "the JWT is valid for 7200 s; 3600 s are allowed"),
        ({"exp": "soon"}, "iat and exp of the JWT must be numbers"),
        ({"key_id": "0" * 40, "aud": "x"}, "the service account has no key with the id '000"),
    ],
)
def test_a_self_signed_jwt_must_be_right_in_every_claim(
    change: Mapping[str, Any], why: str
) -> None:
    to = mock()
    answer = call(to, token(**change))
    assert answer.status == (401 if why else 200)
    assert journal(to)["why"].startswith(why)
    assert journal(to)["account"] == ("" if "stranger" in str(change) else "dev")


def test_a_jwt_that_is_signed_with_another_algorithm_is_refused() -> None:
    to = mock()
    head, claims, _ = token(aud="https://vision.googleapis.com/").split(".")
    none = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    assert call(to, f"{none}.{claims}.").status == 401
    assert journal(to)["why"] == "the algorithm of the JWT is 'none' and not RS256"
    assert call(to, f"{head}.{claims}.AAAA").status == 401
    assert "is not signed with the private key" in journal(to)["why"]


def test_a_token_of_the_endpoint_is_valid_for_an_hour_on_the_test_clock() -> None:
    to = mock()
    issued = exchange(to, token(aud="http://localhost:8080/token", scope=SCOPE)).json
    assert issued["expires_in"] == 3599
    assert issued["access_token"].startswith("ya29.c.")
    access = issued["access_token"]
    assert call(to, access).status == 200
    for name in ("access_token", "oauth_token"):
        answer = post(to, f"{PATH}?{name}={access}", {"requests": [entry()]}, NO_KEY)
        assert answer.status == 200, name
    to.clock.advance(3601)
    refused = call(to, access)
    assert refused.status == 401
    assert refused.json["error"]["details"][0]["reason"] == "ACCESS_TOKEN_EXPIRED"
    assert "has expired" in journal(to)["why"]
    assert journal(to)["account"] == "dev"


@pytest.mark.parametrize("scope", [f"openid {SCOPE}", f"{SCOPE[:-8]}vision"])
def test_a_token_with_a_scope_of_the_api_is_accepted(scope: str) -> None:
    to = mock()
    issued = exchange(to, token(aud="http://localhost:8080/token", scope=scope)).json
    assert call(to, issued["access_token"]).status == 200


def test_a_token_with_another_scope_is_refused() -> None:
    to = mock()
    scope = "https://www.googleapis.com/auth/devstorage.read_only"
    issued = exchange(to, token(aud="http://localhost:8080/token", scope=scope)).json
    answer = call(to, issued["access_token"])
    assert answer.status == 403
    assert answer.json == {
        "error": {
            "code": 403,
            "message": "Request had insufficient authentication scopes.",
            "status": "PERMISSION_DENIED",
            "details": [
                {
                    "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                    "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
                    "domain": "googleapis.com",
                    "metadata": {
                        "service": "vision.googleapis.com",
                        "method": "google.cloud.vision.v1.ImageAnnotator.BatchAnnotateImages",
                    },
                }
            ],
        }
    }
    assert answer.header("www-authenticate") == (
        'Bearer realm="https://accounts.google.com/", error="insufficient_scope",'
        ' scope="https://www.googleapis.com/auth/cloud-platform'
        ' https://www.googleapis.com/auth/cloud-vision"'
    )
    assert journal(to)["why"] == (
        f"the scope of the access token is {scope!r} and not"
        " https://www.googleapis.com/auth/cloud-platform"
        " or https://www.googleapis.com/auth/cloud-vision"
    )


def test_a_response_of_the_endpoint_has_the_headers_of_its_front_end() -> None:
    answer = exchange(mock(), token(aud="http://localhost:8080/token", scope=SCOPE))
    assert answer.headers[1:5] == (
        ("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate"),
        ("Pragma", "no-cache"),
        ("Server", "scaffolding on HTTPServer2"),
        ("X-Content-Type-Options", "nosniff"),
    )


def test_an_assertion_that_a_request_has_is_not_replaced() -> None:
    case = CASES["google.token"]
    body = f"grant_type={GRANT}&assertion=a.b.c".encode()
    made = Request("POST", "/token", headers=(FORM,), body=body, at=DEFAULT_TIME)
    assert case.service.sign(made, case.credential) is made
    bare = made.with_body(f"grant_type={GRANT}".encode())
    signed = dict(case.service.sign(bare, case.credential).form_fields())["assertion"]
    assert json.loads(base64.urlsafe_b64decode(signed.split(".")[1] + "=="))["scope"] == SCOPE


@pytest.mark.parametrize(
    "audience",
    [
        "https://oauth2.googleapis.com/token",
        "https://www.googleapis.com/oauth2/v4/token",
        "https://accounts.google.com/o/oauth2/token",
        "http://localhost:8080/token/",
    ],
)
def test_an_assertion_for_any_of_googles_endpoints_or_this_server_is_accepted(
    audience: str,
) -> None:
    assert "access_token" in exchange(mock(), token(aud=audience, scope=SCOPE)).json


@pytest.mark.parametrize(
    ("claims", "error", "why"),
    [
        (
            {"aud": "https://example.org/token", "scope": SCOPE},
            "invalid_grant",
            "aud of the assertion is 'https://example.org/token',"
            " not https://oauth2.googleapis.com/token or this server's",
        ),
        ({"aud": "http://localhost:8080/token"}, "invalid_scope", "the assertion has no scope"),
        (
            {"iss": "stranger@example.org"},
            "invalid_grant",
            "unknown service account 'stranger@example.org'",
        ),
    ],
)
def test_an_assertion_is_refused_with_the_reason(
    claims: Mapping[str, Any], error: str, why: str
) -> None:
    to = mock()
    assert exchange(to, token(**claims)).json["error"] == error
    assert journal(to)["why"] == why


def test_a_key_is_signed_into_the_place_that_the_request_has_for_it() -> None:
    case = CASES["google.images_annotate"]
    query = "key=&alt=json"
    request = Request("POST", PATH, f"{PATH}?{query}", (("Host", "x"),), query)
    signed = case.service.sign(request, case.credential)
    assert signed.target == f"{PATH}?key={DEV['api_key']}&alt=json"
    assert signed.headers == (("Host", "x"),)
    plain = Request("POST", PATH, PATH, (("x-goog-api-key", "old"),))
    assert case.service.sign(plain, case.credential).headers == (
        ("X-Goog-Api-Key", DEV["api_key"]),
    )
    bearer = plain.with_headers(("Authorization", "Bearer token"))
    assert case.service.sign(bearer, case.credential) is bearer


@pytest.mark.parametrize("altered", ["ya29.c.eHg.00", "ya29.c.%%%", "ya29.", "a.b.c", "....."])
def test_a_token_that_was_not_issued_is_refused(altered: str) -> None:
    to = mock()
    assert call(to, altered).status == 401
    assert journal(to)["why"] == "the access token is unknown"


@pytest.mark.parametrize(
    ("state", "status", "reason"),
    [
        ("disabled", 403, None),
        ("unsubscribed", 403, "SERVICE_DISABLED"),
        ("arrears", 403, "BILLING_DISABLED"),
        ("expired", 400, "API_KEY_INVALID"),
    ],
)
def test_the_state_of_a_credential_has_googles_own_error(
    state: Any, status: int, reason: str | None
) -> None:
    values = dict(VENDOR.generate_credentials("ab" * 20))
    account = Account("poor", (Credential("google", values, state),))
    to = mock(accounts=[account])
    answer = post(to, f"{PATH}?key={values['api_key']}", {"requests": [entry()]}, (("A", "b"),))
    assert answer.status == status
    details = answer.json["error"].get("details", [{}])
    assert details[-1].get("reason") == reason
    if reason and "DISABLED" in reason:
        assert values["project_number"] in answer.json["error"]["message"]
        assert details[-1]["metadata"]["consumer"] == f"projects/{values['project_number']}"
        assert details[0]["links"][0]["url"].startswith("https://console.developers.google.com/")


def test_a_fault_for_an_account_applies_to_its_access_tokens() -> None:
    to = mock()
    access = exchange(to, token(aud="https://oauth2.googleapis.com/token", scope=SCOPE)).json
    fault = {"operation": "google.images_annotate", "fault": "error=rate_limited", "account": "dev"}
    assert ask(to.asgi, "POST", "/_mockocr/faults", (), json.dumps(fault).encode()).status == 201
    assert call(to, access["access_token"]).status == 429


def test_the_key_file_is_that_of_a_service_account() -> None:
    from google.oauth2 import service_account

    document = json.loads(key_file(DEV, "http://127.0.0.1:8080"))
    made = service_account.Credentials.from_service_account_info(document)  # type: ignore[no-untyped-call] # google-auth has few types
    assert made.service_account_email == DEV["client_email"]
    assert document["token_uri"] == "http://127.0.0.1:8080/token"
    assert document["universe_domain"] == "googleapis.com"


def test_the_journal_shows_neither_key_nor_token() -> None:
    to = mock()
    access = exchange(to, token(aud="https://oauth2.googleapis.com/token", scope=SCOPE)).json
    secret = access["access_token"]
    ids = [journal(to)["id"]]
    call(to, secret, f"{PATH}?access_token={secret}")
    ids.append(journal(to)["id"])
    annotate(to, entry(), query=f"?key={DEV['api_key']}")
    ids.append(journal(to)["id"])
    for id in ids:
        shown = ask(to.asgi, "GET", f"/_mockocr/requests/{id}").body.decode()
        assert secret not in shown
        assert DEV["api_key"] not in shown


def test_a_clock_of_the_test_decides_about_a_jwt() -> None:
    to = mock()
    to.clock.freeze(DEFAULT_TIME + timedelta(days=1))
    assert call(to, token(aud="https://vision.googleapis.com/")).status == 401
    assert "as when local time is sent" in journal(to)["why"] or "expired" in journal(to)["why"]
