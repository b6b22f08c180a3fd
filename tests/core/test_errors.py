"""An error table finds the entry for an error: by operation, by cause, by kind, by name."""

from __future__ import annotations

import pytest

from mockocr.core.errors import ApiError, ErrorCause, ErrorEntry, ErrorKind, ErrorTable, Evidence

FIRST = ErrorEntry(400, 1, "first", "guess", (ErrorKind.BAD_IMAGE, ErrorKind.NO_IMAGE))
SECOND = ErrorEntry(400, 2, "second", "guess", (ErrorKind.BAD_IMAGE,))
SAME_CODE = ErrorEntry(401, 2, "same code", "guess", id="second-b")
NAMED = ErrorEntry(400, 3, "no {name}", "guess", (), {"name": "Version"})
TABLE = ErrorTable(
    (FIRST, SECOND, SAME_CODE, NAMED),
    overrides={"card": {ErrorKind.BAD_IMAGE: SECOND, ErrorCause.STATUS: SAME_CODE}},
    defaults={ErrorCause.DNS: NAMED},
)


def test_the_kinds_have_the_names_that_the_journal_and_the_control_api_show() -> None:
    assert list(ErrorKind) == [
        *("no_credentials", "bad_credentials", "unknown_account", "bad_signature", "expired"),
        *("replayed", "forbidden", "quota_exceeded", "package_expired", "arrears"),
        *("rate_limited", "busy", "body_too_large", "bad_body", "bad_parameter", "no_image"),
        *("bad_image", "image_format", "image_too_large", "image_size", "download_failed"),
        *("nothing_found", "engine_failed", "no_such_operation", "wrong_method", "internal"),
        "unavailable",
    ]


def test_the_first_entry_of_a_kind_answers_it() -> None:
    assert TABLE.entry(ApiError(ErrorKind.BAD_IMAGE)) is FIRST
    assert TABLE.by_kind(ErrorKind.NO_IMAGE) is FIRST


def test_an_operation_may_answer_in_its_own_words() -> None:
    assert TABLE.entry(ApiError(ErrorKind.BAD_IMAGE), "card") is SECOND
    assert TABLE.entry(ApiError(ErrorKind.NO_IMAGE), "card") is FIRST


def test_a_cause_comes_before_its_kind() -> None:
    error = ApiError(ErrorKind.BAD_IMAGE, cause=ErrorCause.STATUS, upstream_status=404)
    assert TABLE.entry(error, "card") is SAME_CODE
    assert TABLE.entry(error) is FIRST
    assert TABLE.entry(ApiError(ErrorKind.BAD_IMAGE, cause=ErrorCause.DNS)) is NAMED


def test_an_exact_entry_is_kept() -> None:
    assert TABLE.entry(ApiError(NAMED, name="x"), "card") is NAMED


def test_a_selection_decides_before_the_table() -> None:
    def select(error: ApiError, operation: str) -> ErrorEntry | None:
        return NAMED if error.upstream_status == 404 else None

    table = ErrorTable((FIRST, NAMED), select=select)
    assert table.entry(ApiError(ErrorKind.BAD_IMAGE, upstream_status=404)) is NAMED
    assert table.entry(ApiError(ErrorKind.BAD_IMAGE, upstream_status=500)) is FIRST


def test_a_kind_without_an_entry_is_a_key_error() -> None:
    with pytest.raises(KeyError, match=r"the error table has no entry for arrears"):
        TABLE.by_kind(ErrorKind.ARREARS)


def test_a_kind_is_answered_by_operation_then_by_default_then_by_the_entries() -> None:
    table = ErrorTable(
        (FIRST, SECOND),
        overrides={"card": {ErrorKind.BAD_IMAGE: SECOND}, "": {ErrorKind.BUSY: SECOND}},
        defaults={ErrorKind.NO_IMAGE: SECOND},
    )
    assert table.by_kind(ErrorKind.BAD_IMAGE, "card") is SECOND
    assert table.by_kind(ErrorKind.BAD_IMAGE) is FIRST
    assert table.by_kind(ErrorKind.NO_IMAGE) is SECOND
    assert table.by_kind(ErrorKind.BUSY) is SECOND
    assert table.entry(ApiError(ErrorKind.BUSY)) is SECOND


def test_an_error_has_a_kind_or_those_of_its_entry() -> None:
    assert ApiError(ErrorKind.BUSY).kinds == (ErrorKind.BUSY,)
    assert ApiError(ErrorKind.BUSY).kind is ErrorKind.BUSY
    assert ApiError(FIRST).kinds == (ErrorKind.BAD_IMAGE, ErrorKind.NO_IMAGE)
    assert ApiError(FIRST).kind is ErrorKind.BAD_IMAGE
    assert ApiError(NAMED).kinds == ()
    assert ApiError(NAMED).kind is None


def test_an_error_reads_as_its_kind_or_message_and_its_detail() -> None:
    assert str(ApiError(ErrorKind.BUSY, "4 wait")) == "busy: 4 wait"
    assert str(ApiError(FIRST, "detail")) == "first: detail"


def test_an_error_knows_nothing_that_it_was_not_given() -> None:
    error = ApiError(ErrorKind.BUSY)
    assert (error.detail, error.evidence, error.cause) == ("", None, None)
    assert (error.upstream_status, error.content_type, error.facts) == (0, "", {})
    assert Evidence() == Evidence("", "", "", "")


def test_facts_are_a_mapping_and_keywords() -> None:
    assert ApiError(NAMED, facts={"a": "1", "b": "2"}, b="3").facts == {"a": "1", "b": "3"}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("1", FIRST),
        ("2", SECOND),
        ("second-b", SAME_CODE),
        ("same code", SAME_CODE),
        ("no {name}", NAMED),
        ("no Version", NAMED),
        ("4", None),
    ],
)
def test_an_entry_is_found_by_id_code_or_message(wanted: str, found: ErrorEntry | None) -> None:
    assert TABLE.find(wanted) is found


def test_an_entry_with_an_id_of_its_own_is_found_by_its_code_too() -> None:
    entry = ErrorEntry(400, 7, "seven", "guess", id="own")
    table = ErrorTable((entry,))
    assert (table.find("7"), table.find("own"), table.find("")) == (entry, entry, None)


def test_a_table_is_iterated_in_order() -> None:
    assert list(TABLE) == [FIRST, SECOND, SAME_CODE, NAMED]


def test_two_entries_never_share_an_id() -> None:
    with pytest.raises(ValueError, match=r"^two entries of an error table have the id '1'$"):
        ErrorTable((FIRST, ErrorEntry(500, 1, "other", "guess")))


def test_facts_fill_a_message_and_the_sample_fills_the_rest() -> None:
    assert NAMED.filled({"name": "Action"}).message == "no Action"
    assert NAMED.filled({}).message == "no Version"
    assert FIRST.filled({"name": "x"}).message == "first"
