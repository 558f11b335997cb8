"""json-schema-to-typescript and quicktype on a bundle, and tsc on all of our TypeScript.

`typescript.py bundle BIN BUNDLE OUT [--quicktype] [--messages FILE]`: OUT gets what the tools write, and `messages.ts`.
`typescript.py fixtures BIN FILE...`: the exported TypeScript, and a use of it.

BIN holds the programs of the npm packages.
"""

import argparse
import json
import re
import subprocess
from pathlib import Path

import wire
from bundle import Bundle
from report import Report

STRICT = "--noEmit --strict --target es2022 --module esnext --moduleResolution bundler --pretty false".split()


def key(name: str) -> str:
    """A name without what generators change in it: case and separators."""
    return re.sub(r"[^0-9a-z]", "", name.lower())


def types(path: Path) -> dict[str, str]:
    """The exported types of a file, by key."""
    names = re.findall(r"^export (?:type|interface|enum) (\w+)", path.read_text(), re.M)
    return {key(name): name for name in names}


def run(command: list[object], what: str, report: Report) -> None:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode:
        report.stop(f"{what} fails", done.stderr or done.stdout)


def tsc(programs: Path, file: Path, what: str, report: Report) -> None:
    done = subprocess.run([programs / "tsc", *STRICT, file], capture_output=True, text=True)
    report.require(done.returncode == 0, f"tsc --strict refuses {what}", done.stdout.splitlines())


def check_json2ts(programs: Path, path: Path, out: Path, report: Report) -> Path:
    written = out / "json2ts.ts"
    run([programs / "json2ts", "-i", path, "-o", written, "--unreachableDefinitions"], "json2ts", report)
    bundle, found = Bundle(path), types(written)
    missing = [name for name in bundle.definitions if key(name) not in found]
    ours = {key(name) for name in bundle.definitions}
    numbered = [name for found_key, name in found.items() if name[-1].isdigit() and found_key not in ours]
    report.figure(
        f"json2ts: {len(found)} types for {len(bundle.definitions)} definitions, {len(missing)} missing, "
        f"{len(numbered)} numbered copies"
    )
    report.require(not missing, "json2ts has no type for a definition", missing)
    report.require(not numbered, "json2ts numbers a copy of a type", numbered)
    tsc(programs, written, "what json2ts writes", report)
    return written


def check_quicktype(programs: Path, path: Path, out: Path, report: Report) -> None:
    """Unions, texts, objects without fields and equal enums are written in place; all others must be types."""
    written = out / "quicktype.ts"
    options = "--src-lang schema --lang ts --just-types --telemetry disable".split()
    run([programs / "quicktype", *options, "-o", written, f"{path}#/$defs/"], "quicktype", report)
    bundle, found = Bundle(path), types(written)
    with_fields = [name for name in bundle.definitions if bundle.has_fields(name)]
    missing = [name for name in with_fields if key(name) not in found]
    in_place = len(bundle.definitions) - len(with_fields) - sum(
        key(name) in found for name in bundle.definitions if not bundle.has_fields(name)
    )
    report.figure(
        f"quicktype: {len(found)} types, {len(missing)} of {len(with_fields)} definitions with fields missing, "
        f"{in_place} others written in place"
    )
    report.require(not missing, "quicktype has no type for a definition with fields", missing)
    tsc(programs, written, "what quicktype writes", report)


def check_messages(programs: Path, models: Path, what: str, messages: list[tuple[str, str]], report: Report) -> None:
    """Every message as a typed constant."""
    names = types(models)
    distinct = list(dict.fromkeys(messages))
    used = sorted({names[key(kind)] for kind, _ in distinct})
    lines = [f"import type {{ {', '.join(used)} }} from './{models.stem}';"]
    lines += [f"export const m{at}: {names[key(kind)]} = {text};" for at, (kind, text) in enumerate(distinct)]
    constants = models.with_name("messages.ts")
    constants.write_text("\n".join(lines) + "\n")
    done = subprocess.run([programs / "tsc", *STRICT, constants], capture_output=True, text=True)
    refused = {int(line): told for line, told in re.findall(r"messages\.ts\((\d+),\d+\): (.*)", done.stdout)}
    report.figure(
        f"json2ts: {len(distinct) - len(refused)} of {len(distinct)} distinct {what} "
        f"(of {len(messages)}) are values of their types"
    )
    examples = (f"{told[:200]}: {lines[line - 1]}" for line, told in refused.items())
    report.require(not refused, f"of the {what} one is no value of its type", examples)
    report.require(bool(refused) or done.returncode == 0, "tsc fails on the messages", done.stdout.splitlines())


def main() -> None:
    arguments = argparse.ArgumentParser()
    parts = arguments.add_subparsers(dest="part", required=True)
    of_bundle = parts.add_parser("bundle")
    of_bundle.add_argument("programs", type=Path)
    of_bundle.add_argument("bundle", type=Path)
    of_bundle.add_argument("out", type=Path)
    of_bundle.add_argument("--quicktype", action="store_true")
    of_bundle.add_argument("--messages", type=Path)
    fixtures = parts.add_parser("fixtures")
    fixtures.add_argument("programs", type=Path)
    fixtures.add_argument("files", type=Path, nargs="+")
    args = arguments.parse_args()
    if args.part == "fixtures":
        report = Report("typescript")
        for file in args.files:
            missed = report.missed
            tsc(args.programs, file, str(file), report)
            if report.missed == missed:
                report.figure(f"{file}: ok under tsc --strict")
        report.end()
    report = Report(f"typescript {args.bundle.parent}")
    args.out.mkdir(parents=True, exist_ok=True)
    models = check_json2ts(args.programs, args.bundle, args.out, report)
    if args.quicktype:
        check_quicktype(args.programs, args.bundle, args.out, report)
    smallest = [(union, json.dumps(message)) for union, message in Bundle(args.bundle).smallest_messages()]
    check_messages(args.programs, models, "smallest messages", smallest, report)
    if args.messages:
        check_messages(args.programs, models, "messages", wire.read(args.messages), report)
    report.end()


if __name__ == "__main__":
    main()
