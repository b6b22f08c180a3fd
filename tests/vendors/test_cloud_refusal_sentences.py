"""The sentences and codes of `test_refusal_sentences`, for Aliyun, Azure, Baidu, Google, OCR.space
and WeChat.
"""

from __future__ import annotations

import re
from functools import reduce
from urllib.parse import urlencode

import pytest

from mockocr.core.http import Request
from mockocr.vendors.baidu.access_token import make_token as baidu_token
from mockocr.vendors.wechat.access_token import make_token as wechat_token
from tests.conformance import altered
from tests.vendors.test_refusal_sentences import (
    LONG,
    Change,
    Refusal,
    header,
    in_query,
    refused,
    without,
)

ALIYUN, AZURE, BAIDU = "aliyun.recognize_general", "azure.analyze_document", "baidu.general_basic"
GOOGLE, OCR_SPACE, WECHAT = "google.images_annotate", "ocr_space.parse_image", "wechat.idcard"
BAIDU_TOKEN, GOOGLE_TOKEN = "baidu.token", "google.token"
AZURE_KEY = "Ocp-Apim-Subscription-Key"
RPC = "recognize_general-rpc"
HASH = "6166a9d696c60684788bcb3beec980865fd1a6b74cca3c3948350f08aac84292"


def all_of(*changes: Change) -> Change:
    return lambda request: reduce(lambda changed, change: change(changed), changes, request)


def in_authorization(pattern: str, new: str) -> Change:
    """Change what the pattern finds in the Authorization header."""

    def change(request: Request) -> Request:
        changed = re.sub(pattern, new, request.header("authorization"))
        return header("Authorization", changed)(request)

    return change


def in_form(**changes: str) -> Change:
    """Replace fields of a urlencoded body; an empty value removes one."""

    def change(request: Request) -> Request:
        kept = [pair for pair in request.form_fields() if pair[0] not in changes]
        return request.with_body(urlencode([*kept, *filter(all, changes.items())]).encode())

    return change


def with_altered_token(request: Request) -> Request:
    """Change the token in its middle: its end names the account."""
    token = request.query_value("access_token")
    half = len(token) // 2
    return in_query(access_token=altered(token[:half]) + token[half:])(request)


def baidu_header(value: str) -> Change:
    return all_of(in_query(access_token=""), header("Authorization", value))


REFUSALS = (
    # Aliyun, ACS3
    Refusal(ALIYUN, without("x-acs-version"), "MissingVersion", "the request has no version"),
    Refusal(
        ALIYUN,
        header("x-acs-version", "2" * 50),
        "InvalidVersion",
        f"the version is {'2' * 40!r}, not 2021-07-07",
    ),
    Refusal(
        ALIYUN,
        without("Authorization"),
        "MissingAccessKeyId",
        "the request has neither an Authorization header nor an AccessKeyId",
    ),
    Refusal(
        ALIYUN,
        header("Authorization", "Basic abc"),
        "MissingAccessKeyId",
        "Authorization does not begin with ACS3-HMAC-SHA256",
    ),
    Refusal(
        ALIYUN,
        header("Authorization", "ACS3-HMAC-SHA256 Credential=x"),
        "illegalSignature",
        "Authorization is not of the form ACS3-HMAC-SHA256"
        " Credential=<id>,SignedHeaders=<a;b>,Signature=<64 hex>",
    ),
    Refusal(
        ALIYUN,
        in_authorization("SignedHeaders=[^,]*", "SignedHeaders=host"),
        "illegalSignature",
        "SignedHeaders lacks x-acs-action, x-acs-content-sha256, x-acs-date, x-acs-signature-nonce",
    ),
    Refusal(
        ALIYUN,
        without("x-acs-signature-nonce"),
        "MissingSignatureNonce",
        "the request has no signature nonce",
    ),
    Refusal(ALIYUN, without("x-acs-date"), "MissingTimestamp", "the request has no x-acs-date"),
    Refusal(
        ALIYUN,
        header("x-acs-date", "soon" + LONG),
        "InvalidTimeStamp.Format",
        f"x-acs-date is {('soon' + LONG)[:40]!r}, not of the form 2026-01-02T03:04:05Z",
    ),
    Refusal(
        ALIYUN,
        in_authorization("Credential=[^,]*", "Credential=LTAIunknown0000"),
        "InvalidAccessKeyId.NotFound",
        "unknown AccessKeyId LTAIunkn… of 15 characters",
    ),
    Refusal(
        ALIYUN,
        header("x-acs-content-sha256", "0" * 64),
        "SignatureDoesNotMatch",
        f"x-acs-content-sha256 is {'0' * 64!r}; the body of 13508 bytes has {HASH}",
    ),
    # Aliyun, RPC
    Refusal(
        ALIYUN,
        in_query(AccessKeyId=""),
        "MissingAccessKeyId",
        "the request has neither an Authorization header nor an AccessKeyId",
        RPC,
    ),
    Refusal(
        ALIYUN,
        in_query(SignatureMethod="HMAC-MD5" + LONG),
        "illegalSignature",
        f"SignatureMethod is {('HMAC-MD5' + LONG)[:40]!r}, not HMAC-SHA1",
        RPC,
    ),
    Refusal(
        ALIYUN,
        in_query(SignatureVersion=LONG),
        "InvalidSignatureVerssion",  # as the vendor spells it
        f"SignatureVersion is {LONG[:40]!r}, not 1.0",
        RPC,
    ),
    Refusal(
        ALIYUN,
        in_query(Signature=""),
        "MissingSignature",
        "the parameters have no Signature",
        RPC,
    ),
    Refusal(
        ALIYUN,
        in_query(SignatureNonce=""),
        "MissingSignatureNonce",
        "the request has no signature nonce",
        RPC,
    ),
    Refusal(
        ALIYUN, in_query(Timestamp=""), "MissingTimestamp", "the request has no Timestamp", RPC
    ),
    Refusal(
        ALIYUN,
        in_query(AccessKeyId="LTAIunknown0000"),
        "InvalidAccessKeyId.NotFound",
        "unknown AccessKeyId LTAIunkn… of 15 characters",
        RPC,
    ),
    Refusal(
        ALIYUN,
        in_authorization("host;", ""),
        "illegalSignature",
        "SignedHeaders lacks host",
    ),
    # Azure
    Refusal(AZURE, header(AZURE_KEY, "0" * 32), "401", "no account has this subscription key"),
    Refusal(
        AZURE,
        without(AZURE_KEY),
        "401",
        "the request has neither the header Ocp-Apim-Subscription-Key nor a bearer token",
    ),
    Refusal(
        AZURE,
        all_of(without(AZURE_KEY), header("Authorization", "Basic abc")),
        "401",
        "the Authorization header is not a bearer token",
    ),
    Refusal(
        AZURE,
        all_of(without(AZURE_KEY), header("Authorization", "Bearer " + LONG)),
        "401",
        "the bearer token was not issued here, or it has expired",
    ),
    # Baidu
    Refusal(
        BAIDU,
        in_query(access_token=""),
        "100",
        "the request has neither access_token nor Authorization",
    ),
    Refusal(
        BAIDU,
        in_query(access_token="abc"),
        "110",
        "the access token of 3 characters does not have the form of a token",
    ),
    Refusal(
        BAIDU,
        lambda r: in_query(access_token=baidu_token("99999999", "secret", r.at, "00000000"))(r),
        "110",
        "the access token names the unknown app 99999999",
    ),
    Refusal(
        BAIDU,
        lambda r: in_query(access_token=baidu_token("10000001", "another", r.at, "00000000"))(r),
        "110",
        "the access token was altered, or the Secret Key has changed since",
    ),
    Refusal(
        BAIDU,
        baidu_header("Basic " + LONG),
        "14",
        f"Authorization begins with {('Basic ' + LONG)[:20]!r}",
    ),
    Refusal(
        BAIDU,
        baidu_header("Bearer bce-v3/ALTAK-unknownkey123456/secret"),
        "14",
        "unknown key ALTAK-unkn… of 16 characters",
    ),
    Refusal(
        BAIDU,
        baidu_header("Bearer bce-v3/ALTAK-mockocrDevApiKey00000001/another"),
        "14",
        "the second part of the bearer key is wrong",
    ),
    Refusal(
        BAIDU,
        baidu_header("bce-auth-v1/a/b"),
        "14",
        "Authorization is not of the form"
        " bce-auth-v1/<AK>/<time>/<seconds>/<signed headers>/<64 hex>",
    ),
    Refusal(
        BAIDU,
        baidu_header(f"bce-auth-v1/unknownaccess/2026-01-02T03:04:05Z/1800/host/{'0' * 64}"),
        "14",
        "unknown access key unkn… of 13 characters",
    ),
    # Baidu, tokens
    Refusal(
        BAIDU_TOKEN,
        in_form(client_id=""),
        "invalid_client",
        "the request has no client_id",
    ),
    Refusal(
        BAIDU_TOKEN,
        in_form(client_id="unknownApiKey000"),
        "invalid_client",
        "unknown API Key unkn… of 16 characters",
    ),
    Refusal(
        BAIDU_TOKEN,
        in_form(client_secret=""),
        "invalid_client",
        "the request has no client_secret",
    ),
    Refusal(
        BAIDU_TOKEN,
        in_form(client_secret="wrong"),
        "invalid_client",
        "client_secret is not the Secret Key of API Key mock… of 24 characters",
    ),
    # Google
    Refusal(
        GOOGLE,
        without("X-Goog-Api-Key"),
        "PERMISSION_DENIED",
        "the request has no API key and no token",
    ),
    Refusal(
        GOOGLE,
        header("X-Goog-Api-Key", "AIzaSyUnknown0000"),
        "INVALID_ARGUMENT",
        "unknown API key 'AIzaSy'…",
    ),
    Refusal(
        GOOGLE,
        header("Authorization", LONG + " x"),
        "UNAUTHENTICATED",
        f"the Authorization header is of the scheme {LONG[:20]!r} and not Bearer",
    ),
    Refusal(
        GOOGLE,
        header("Authorization", "Bearer ya29.unknown"),
        "UNAUTHENTICATED",
        "the access token is unknown",
    ),
    # Google, tokens
    Refusal(GOOGLE_TOKEN, in_form(grant_type=""), "invalid_request", "the form has no grant_type"),
    Refusal(GOOGLE_TOKEN, in_form(assertion=""), "invalid_request", "the form has no assertion"),
    Refusal(
        GOOGLE_TOKEN,
        in_form(grant_type="y" * 90),
        "unsupported_grant_type",
        f"grant_type is {'y' * 80!r}, not urn:ietf:params:oauth:grant-type:jwt-bearer",
    ),
    Refusal(GOOGLE_TOKEN, in_form(assertion="a.b"), "invalid_grant", "the assertion is not a JWT"),
    # OCR.space
    Refusal(
        OCR_SPACE,
        without("apikey"),
        "403",
        "neither a header, a field nor a query parameter named apikey has a value",
    ),
    Refusal(
        OCR_SPACE,
        header("apikey", "a b"),
        "403",
        "the key has a blank or a non-ASCII character",
    ),
    Refusal(
        OCR_SPACE,
        header("apikey", "K12345678901234"),
        "403",
        "unknown key K123… of 15 characters",
    ),
    # WeChat
    Refusal(WECHAT, in_query(access_token=""), "41001", "the query has no access_token"),
    Refusal(
        WECHAT,
        in_query(access_token="abc"),
        "40001",
        "the access token of 3 characters does not have the form of a token",
    ),
    Refusal(
        WECHAT,
        lambda r: in_query(
            access_token=wechat_token("wxunknown00000000", "secret", r.at, "0" * 32)
        )(r),
        "40001",
        "the access token names the unknown AppID wxun… of 17 characters",
    ),
    Refusal(
        WECHAT,
        with_altered_token,
        "40001",
        "the access token was altered, or the AppSecret has changed since",
    ),
)


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda r: f"{r.operation} {r.why[:40]}")
def test_a_refused_credential_gets_its_code_and_its_sentence(refusal: Refusal) -> None:
    assert refused(refusal) == (refusal.code, refusal.why)
