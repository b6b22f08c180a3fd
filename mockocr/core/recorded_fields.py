"""Which fields of a service's requests and responses a recording masks, renews or leaves out.

The defaults know the names that most vendors use, so a service declares only its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

_SECRET = re.compile(
    r"secret|passw|token(?!_type|type)|appcode|assertion|client_?id|(api|access|session|subscription)"
    r"[-_]?key|^key$|^sk$|authori[sz]ation|cookie|credential"
)
"""Names of fields whose values are secrets, or name the account that a secret belongs to."""
_SIGNING = re.compile(
    r"^(x-\w+-)?(sign|signature|signature[-_]?(method|version|nonce|type)|nonce|timestamp|sendtime"
    r"|secret_?id|access_?key_?id)$"
)
"""Names of fields that signing a request adds."""
_ID = re.compile(
    r"(request|trace|log|correlation|session|client-request|transaction|track)[-_]?id$"
    r"|apigw-requestid$"
)
_TIME = re.compile(
    r"^(date|time|timestamp|last-modified|created?(_?at|_?time|_?date_?time)"
    r"|(last_?)?updated?(_?at|_?time|_?date_?time)|(expires?|issued?)_?(at|on|date|time))$"
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class RecordedFields(msgspec.Struct, frozen=True):
    """The fields that a service adds to the defaults, by their own names, without regard to case.

    `secrets` are masked in responses and left out of requests. `account` maps a field of the
    request (the last part of its path is enough, as in `domain.name`; a `{name}` of the path too)
    to the field of the credential that it repeats: the recording has the value of the account
    `dev`. `ids` and `times` of a response differ in each, and a replay renews them. `varying`
    fields differ without being renewed. None of them belongs to the key of a recording, and no
    comparison looks at them. `headers` of a response are kept besides those that describe the
    response.

    `jobs` hold the id of an asynchronous operation, or an address or a name that ends in it: fields
    of the response that starts it and of requests for its result, and, in braces, parameters of
    their path. `job_delay` is the option that says for how many seconds a job runs, `storage` the
    one that says where objects are that requests name. `page_tokens` name the next page of a
    result: no secrets, and parts of the key.
    """

    secrets: tuple[str, ...] = ()
    account: Mapping[str, str] = msgspec.field(default_factory=dict)
    ids: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    varying: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    jobs: tuple[str, ...] = ()
    job_delay: str = ""
    storage: str = ""
    page_tokens: tuple[str, ...] = ()

    def is_secret(self, name: str) -> bool:
        """True if the value of a field, parameter or header of that name may be a secret."""
        if self.is_page_token(name) or self.is_job(name):
            return False
        return bool(_SECRET.search(_plain(name))) or _named(name, self.secrets)

    def is_signing(self, name: str) -> bool:
        """True if signing a request or a response adds the field."""
        return bool(_SIGNING.search(_plain(name)) or _SIGNING.search(name.lower()))

    def is_id(self, name: str) -> bool:
        """True for an id of the request in a response."""
        return bool(_ID.search(_plain(name))) or _named(name, self.ids)

    def is_time(self, name: str) -> bool:
        """True for a time in a response."""
        return bool(_TIME.search(_plain(name))) or _named(name, self.times)

    def is_varying(self, name: str) -> bool:
        """True for a field that differs in each response, though a replay does not renew it."""
        return _named(name, self.varying)

    def is_job(self, name: str) -> bool:
        """True for a field, header or `{parameter}` that holds the id of a job."""
        return _named(name, self.jobs)

    def is_page_token(self, name: str) -> bool:
        """True for a field that names the next page of a result."""
        return _named(name, self.page_tokens)

    def differs(self, name: str) -> bool:
        """True for a field of a response that no comparison looks at."""
        return (
            self.is_id(name)
            or self.is_time(name)
            or self.is_varying(name)
            or self.is_job(name)
            or self.is_page_token(name)
            or self.is_secret(name)
            or self.is_signing(name)
        )

    def account_field(self, path: str) -> str:
        """The field of the credential that the field at this path repeats; empty if none."""
        lowered = f".{path.lower()}"
        for name, credential in self.account.items():
            if lowered.endswith(f".{name.lower()}"):
                return credential
        return ""


def _plain(name: str) -> str:
    """`SecretId` as `secret_id`."""
    return _CAMEL.sub("_", name).lower()


def _named(name: str, names: tuple[str, ...]) -> bool:
    return name.lower() in (other.lower() for other in names)
