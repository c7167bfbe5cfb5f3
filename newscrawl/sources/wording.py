"""What is wrong in a source file, said in this project's own words.

pydantic finds every mistake of a file at once, with its place; its sentences are for programmers
("Extra inputs are not permitted"). Each type of error that the schema can give has its own words here.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from typing import Any, get_args

from pydantic import BaseModel

from newscrawl.sources.lines import Place
from newscrawl.sources.schema import Source

Details = Mapping[str, Any]
"""One entry of ``ValidationError.errors()``."""

_WANTED = {
    "string_type": "text in quotes",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "float_type": "a number",
    "tuple_type": "a list in brackets",
    "list_type": "a list in brackets",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "date_type": "a date such as 2023-08-10",
    "date_from_datetime_inexact": "a date such as 2023-08-10",
    "date_parsing": "a date such as 2023-08-10",
    "date_from_datetime_parsing": "a date such as 2023-08-10",
}

_EXAMPLES = {
    "id": "write small letters, digits and single hyphens, such as 'zibo-news'",
    "adcode": "write the six digits of GB/T 2260, such as '370300'",
    "region": "write it from the province down, such as '山东/淄博'",
    "seen": "write a month such as '2025-11'",
}


def sentence_of(details: Details) -> str:
    """Return what one error of pydantic means, for the person who wrote the file: key first, then the remedy."""
    place = _place_of(details)
    words = _SENTENCES.get(details["type"])
    if words is None:
        words = _wanted if details["type"] in _WANTED else _as_pydantic_says
    key = _name_of(place)
    return f"{key}: {words(details, place)}" if key else words(details, place)


def _place_of(details: Details) -> Place:
    place = tuple(details["loc"])
    return place[:-2] if place[-1:] == ("[key]",) else place  # the author chose that key: the table is named


def _name_of(place: Place) -> str:
    """Return the key as the file's author wrote it; arrays of tables are counted from 1."""
    names = [one for one in place if isinstance(one, str)]
    if not names:
        return ""
    if place[0] in {"column", "example"} and len(place) > 1 and isinstance(place[1], int):
        return " ".join([f"{place[0]} {place[1] + 1}", *names[1:]])
    return names[-1]


def _extra(details: Details, place: Place) -> str:
    key = str(place[-1])
    near = difflib.get_close_matches(key, _keys_at(place[:-1]), n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]!r}?"
    for table in _tables():
        keys = _keys_at((table,))
        if key in keys:
            return f"stands in the wrong table; it belongs under [{table}]"
        elsewhere = difflib.get_close_matches(key, keys, n=1, cutoff=0.8)
        if elsewhere:
            return f"did you mean {elsewhere[0]!r}, under [{table}]?"
    return f"no such key here; there are {', '.join(_keys_at(place[:-1]))}"


def _missing(details: Details, place: Place) -> str:
    return "missing; every source has id, name and start" if len(place) == 1 else "missing"


def _wanted(details: Details, place: Place) -> str:
    return f"{_WANTED[details['type']]} is needed, not {_shown(details['input'])}"


def _literal(details: Details, place: Place) -> str:
    allowed = [str(one) for one in get_args(_annotation_of(place))] or [details["ctx"]["expected"]]
    near = difflib.get_close_matches(str(details["input"]), allowed, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    return f"{_shown(details['input'])} is none of {', '.join(allowed)}{hint}"


def _too_small(details: Details, place: Place) -> str:
    bound = details["ctx"].get("gt", details["ctx"].get("ge"))
    word = "more than" if "gt" in details["ctx"] else "at least"
    return f"must be {word} {bound:g}, not {_shown(details['input'])}"


def _too_big(details: Details, place: Place) -> str:
    bound = details["ctx"].get("lt", details["ctx"].get("le"))
    return f"must be at most {bound:g}, not {_shown(details['input'])}"


def _empty(details: Details, place: Place) -> str:
    return "must not be empty"


def _too_long(details: Details, place: Place) -> str:
    return f"longer than {details['ctx']['max_length']} characters"


def _not_finite(details: Details, place: Place) -> str:
    return "must be a number with an end"


def _mismatch(details: Details, place: Place) -> str:
    remedy = _EXAMPLES.get(str(place[-1]), f"must match {details['ctx']['pattern']}")
    return f"{_shown(details['input'])} is not right: {remedy}"


def _own_words(details: Details, place: Place) -> str:
    return str(details["ctx"]["error"])


def _as_pydantic_says(details: Details, place: Place) -> str:
    return f"{details['msg']} (got {_shown(details['input'])})"


_SENTENCES: dict[str, Callable[[Details, Place], str]] = {
    "extra_forbidden": _extra,
    "missing": _missing,
    "literal_error": _literal,
    "greater_than": _too_small,
    "greater_than_equal": _too_small,
    "less_than": _too_big,
    "less_than_equal": _too_big,
    "string_too_short": _empty,
    "too_short": _empty,
    "string_too_long": _too_long,
    "finite_number": _not_finite,
    "string_pattern_mismatch": _mismatch,
    "value_error": _own_words,
}


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _model_at(place: Place) -> type[BaseModel] | None:
    """Return the model of the table at ``place``."""
    model: type[BaseModel] = Source
    for part in place:
        if isinstance(part, int):
            continue
        found = _models_of(model).get(part)
        if found is None:
            return None
        model = found
    return model


def _models_of(model: type[BaseModel]) -> dict[str, type[BaseModel]]:
    """Return the tables within a table, by the key that a file uses for them."""
    found = {}
    for name, field in model.model_fields.items():
        for one in (field.annotation, *get_args(field.annotation)):
            if isinstance(one, type) and issubclass(one, BaseModel):
                found[field.alias or name] = one
    return found


def _keys_at(place: Place) -> list[str]:
    model = _model_at(place)
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def _tables() -> list[str]:
    return list(_models_of(Source))


def _annotation_of(place: Place) -> Any:  # noqa: ANN401 - a type
    """Return the choices of the field at ``place``, without the None that makes it optional."""
    model = _model_at(place[:-1])
    field = model.model_fields.get(str(place[-1])) if model else None
    annotation = field.annotation if field else None
    inner = [one for one in get_args(annotation) if get_args(one)]
    return inner[0] if inner else annotation
