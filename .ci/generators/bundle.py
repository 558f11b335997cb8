"""A schema bundle: its definitions, its tagged unions, and the smallest instance of a schema."""

import json
from pathlib import Path
from typing import Any, NamedTuple

MESSAGES = ("ServerNotification", "ServerRequest", "ClientRequest", "ClientNotification")


class Tagged(NamedTuple):
    """A union whose arms one property tells apart."""

    tag: str
    arms: dict[str, dict]


class Bundle:
    def __init__(self, path: Path) -> None:
        self.definitions: dict[str, dict] = json.loads(path.read_text())["$defs"]

    def resolve(self, schema: Any) -> Any:
        """Follows references, also one that stands alone in an `allOf`."""
        while isinstance(schema, dict):
            if "$ref" in schema:
                schema = self.definitions[schema["$ref"].rpartition("/")[2]]
            elif len(schema.get("allOf", [])) == 1 and "properties" not in schema:
                schema = schema["allOf"][0]
            else:
                break
        return schema

    def has_fields(self, name: str) -> bool:
        return bool(self.resolve(self.definitions[name]).get("properties"))

    def takes_only_objects(self, schema: Any) -> bool:
        schema = self.resolve(schema)
        arms = schema.get("oneOf") or schema.get("anyOf")
        return all(map(self.takes_only_objects, arms)) if arms else schema.get("type") == "object"

    def tagged(self, name: str) -> Tagged | None:
        """The definition as a tagged union: every arm has one required constant property, each another constant."""
        schema = self.definitions[name]
        arms = [self.resolve(arm) for arm in schema.get("oneOf") or schema.get("anyOf") or [schema]]
        for tag, first in arms[0].get("properties", {}).items():
            if "const" not in first:
                continue
            values = [arm.get("properties", {}).get(tag, {}).get("const") for arm in arms]
            required = all(tag in arm.get("required", []) for arm in arms)
            if required and None not in values and len(set(values)) == len(arms):
                return Tagged(tag, dict(zip(values, arms)))
        return None

    def tagged_unions(self) -> list[str]:
        """The definitions that are tagged unions of two arms or more."""
        return [name for name in self.definitions if (found := self.tagged(name)) and len(found.arms) > 1]

    def smallest_messages(self) -> list[tuple[str, dict]]:
        """The smallest instance of every message, with the union that it belongs to."""
        return [(union, self.smallest(arm)) for union in MESSAGES for arm in self.tagged(union).arms.values()]

    def smallest(self, schema: Any) -> Any:
        """Null where it may be, the first arm or value where there are several, and no field that may be left out."""
        schema = self.resolve(schema)
        if not isinstance(schema, dict):
            return None
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return schema["enum"][0]
        for arms in (schema.get("oneOf"), schema.get("anyOf")):
            if arms:
                return None if {"type": "null"} in arms else self.smallest(arms[0])
        kind = schema.get("type")
        if isinstance(kind, list):
            kind = "null" if "null" in kind else kind[0]
        if kind == "object":
            one_of_several = [choice["anyOf"][0]["required"] for choice in schema.get("dependentSchemas", {}).values()]
            needed = [*schema.get("required", []), *(field for fields in one_of_several for field in fields)]
            return {field: self.smallest(schema["properties"][field]) for field in needed}
        plain = {"string": "text", "number": 1.5, "boolean": True, "array": []}
        return max(1, schema.get("minimum", 1)) if kind == "integer" else plain.get(kind)
