"""datamodel-code-generator on a bundle: `python_models.py BUNDLE OUT [--mypy] [--messages FILE]`; OUT gets `models.py`.

Run by the Python that has the tool.
"""

import argparse
import importlib.util
import json
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from types import ModuleType

from pydantic import TypeAdapter, ValidationError

import wire
from bundle import Bundle
from report import Report

FLAGS = ["--use-annotated", "--deserialize-default-values", "enum"]
NUMBERED_CLASSES = 20
DELTA_MICROSECONDS = 50.0
DELTA = {
    "method": "item/agentMessage/delta",
    "params": {"threadId": "th_1", "turnId": "tu_1", "itemId": "it_1", "delta": "Hello, world"},
    "emittedAtMs": 1,
}


def generate(bundle: Path, out: Path, report: Report) -> Path:
    models = out / "models.py"
    command = [
        Path(sys.executable).parent / "datamodel-codegen",
        *("--input", bundle, "--input-file-type", "jsonschema"),
        *("--output-model-type", "pydantic_v2.BaseModel", "--disable-timestamp"),
        *(*FLAGS, "--output", models),
    ]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode:
        report.stop("datamodel-codegen fails", run.stderr)
    return models


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("models", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["models"] = module
    spec.loader.exec_module(module)
    return module


def is_discriminated(model: type) -> bool:
    """Whether the union at the root of a model is one that pydantic chooses from by the tag."""
    schema = model.__pydantic_core_schema__
    named = {}
    while True:
        if schema["type"] == "definitions":
            named = {definition["ref"]: definition for definition in schema["definitions"]}
            schema = schema["schema"]
        elif schema["type"] == "definition-ref":
            schema = named[schema["schema_ref"]]
        elif "schema" in schema:
            schema = schema["schema"]
        else:
            return schema["type"] == "tagged-union"


def errors(model: type, value: object) -> int:
    try:
        TypeAdapter(model).validate_python(value)
    except ValidationError as error:
        return error.error_count()
    return 0


def without(message: dict, field: str) -> dict:
    return {**message, "params": {name: value for name, value in message["params"].items() if name != field}}


def microseconds(model: type, text: str) -> float:
    """How long one parse takes, at best."""
    best = float("inf")
    for _ in range(7):
        start = time.perf_counter()
        for _ in range(200):
            model.model_validate_json(text)
        best = min(best, (time.perf_counter() - start) / 200)
    return best * 1e6


def check_models(bundle: Bundle, models: Path, module: ModuleType, report: Report) -> None:
    classes = re.findall(r"^class (\w+)\(", models.read_text(), re.M)
    numbered = [name for name in classes if name[-1].isdigit()]
    report.figure(f"{len(classes)} classes, {len(numbered)} numbered")
    report.require(len(numbered) <= NUMBERED_CLASSES, f"more than {NUMBERED_CLASSES} numbered classes", numbered)

    unions = bundle.tagged_unions()
    plain = [name for name in unions if not is_discriminated(getattr(module, name))]
    report.figure(f"{len(unions) - len(plain)} of {len(unions)} tagged unions are discriminated")
    report.require(not plain, "a tagged union is not discriminated", plain)

    best = microseconds(module.ServerNotification, json.dumps(DELTA))
    report.figure(f"a text delta is parsed in {best:.1f} us (best of 7 x 200)")
    report.require(best < DELTA_MICROSECONDS, f"a text delta takes {DELTA_MICROSECONDS} us or more")
    found = errors(module.ServerNotification, without(DELTA, "delta"))
    report.figure(f"errors for a text delta without its text: {found}")
    report.require(found == 1, "a text delta without its text is not exactly one error")

    refused, counts, odd = [], Counter(), []
    for union, message in bundle.smallest_messages():
        model = getattr(module, union)
        if errors(model, message):
            refused.append(json.dumps(message))
        for field in message.get("params") or ():
            found = errors(model, without(message, field))
            counts[found] += 1
            if found != 1:
                odd.append(f"{message['method']} without {field}: {found} errors")
    told = ", ".join(f"{count} times {found}" for found, count in sorted(counts.items()))
    report.figure(f"errors for a message with one field missing: {told}")
    report.require(not refused, "the smallest instance of a message is refused", refused)
    report.require(not odd, "a message with one field missing is not exactly one error", odd)


def decode(module: ModuleType, messages: list[tuple[str, str]], report: Report) -> None:
    adapters = {kind: TypeAdapter(getattr(module, kind)) for kind, _ in messages}
    failed = []
    for kind, text in messages:
        try:
            adapters[kind].validate_json(text)
        except ValidationError as error:
            first = error.errors()[0]
            failed.append(f"{kind}: {first['loc']}: {first['msg']}: {text}")
    report.figure(f"{len(messages) - len(failed)} of {len(messages)} messages decoded")
    report.require(not failed, "a message of a real conversation is not decoded", failed)


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("bundle", type=Path)
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--mypy", action="store_true")
    arguments.add_argument("--messages", type=Path)
    args = arguments.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    report = Report(f"python {args.bundle.parent}")
    models = generate(args.bundle, args.out, report)
    module = load(models)
    check_models(Bundle(args.bundle), models, module, report)
    if args.mypy:
        run = subprocess.run(
            [Path(sys.executable).parent / "mypy", "--cache-dir", args.out / "mypy", models],
            capture_output=True,
            text=True,
        )
        report.figure(f"mypy: {run.stdout.strip().splitlines()[-1] if run.stdout else run.stderr}")
        report.require(run.returncode == 0, "mypy complains", run.stdout.splitlines())
    if args.messages:
        decode(module, wire.read(args.messages), report)
    report.end()


if __name__ == "__main__":
    main()
