"""Says as Google's parser does why a body is not JSON.

sdk: protobuf, util/internal/json_stream_parser.cc, for the messages and the excerpt under them.
"""

from __future__ import annotations

import json

_CONTEXT = 20
"""Characters shown on each side of the place."""
_MESSAGES = {
    "Expecting property name enclosed in double quotes": "Expected an object key or }.",
    "Expecting ':' delimiter": "Expected : between key:value pair.",
    "Unterminated string starting at": "Closing quote expected in string.",
    "Invalid \\escape": "Invalid escape sequence.",
    "Invalid \\uXXXX escape": "Illegal hex string.",
    "Extra data": "Parsing terminated before end of input.",
}


def explain_syntax(body: bytes) -> str:
    """The message and the excerpt for a body that `json` cannot read."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        text = body.decode("utf-8", "replace")
        return _shown("Encountered non UTF-8 code points.", text, error.start)
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return _shown(_message(error), text, error.pos)
    except (ValueError, RecursionError):
        return "Message too deep. Max recursion depth reached for key ''"
    return _shown("Unexpected token.", text, 0)


def _message(error: json.JSONDecodeError) -> str:
    if error.msg == "Expecting ',' delimiter":
        opened = _innermost(error.doc[: error.pos])
        return (
            "Expected , or ] after array value."
            if opened == "["
            else "Expected , or } after key:value pair."
        )
    if error.msg == "Expecting value":
        at_end = error.pos >= len(error.doc.rstrip())
        return "Unexpected end of string. Expected a value." if at_end else "Expected a value."
    return _MESSAGES.get(error.msg, "Unexpected token.")


def _innermost(text: str) -> str:
    """The bracket that is still open at the end of the text."""
    stack: list[str] = []
    quoted = escaped = False
    for character in text:
        if quoted:
            quoted = escaped or character != '"'
            escaped = not escaped and character == "\\"
        elif character == '"':
            quoted = True
        elif character in "[{":
            stack.append(character)
        elif character in "]}" and stack:
            stack.pop()
    return stack[-1] if stack else "{"


def _shown(message: str, text: str, place: int) -> str:
    begin = max(place - _CONTEXT, 0)
    return f"{message}\n{text[begin : place + _CONTEXT]}\n{' ' * (place - begin)}^"
