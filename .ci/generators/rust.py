"""typify on a bundle: `rust.py bundle CARGO_TYPIFY BUNDLE OUT [--build] [--messages FILE]`; OUT becomes a cargo project.

`rust.py files CARGO_TYPIFY FOLDER...`: on every file of the exports.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import wire
from bundle import MESSAGES, Bundle
from report import Report

PROGRAM = Path(__file__).parent / "rust"

# The layout of codex's own export keeps half of its definitions in `definitions.v2`, where typify does not look for them.
NESTED = "codex_app_server_protocol.schemas.json"


def typify(program: Path, schema: Path, written: Path) -> str:
    """Runs it without a builder interface; what it complains about, if it fails."""
    run = subprocess.run([program, "typify", "-B", schema, "-o", written], capture_output=True, text=True)
    return (run.stderr.strip() or f"status {run.returncode}") if run.returncode else ""


def check_unions(bundle: Bundle, text: str, report: Report) -> None:
    tagged = re.findall(r'#\[serde\(tag = "[^"]+"[^\]]*\)\]\s*(?:#\[[^\]]*\]\s*)*pub enum (\w+)', text)
    found = {name.lower() for name in tagged}
    unions = bundle.tagged_unions()
    lost = [name for name in unions if name.lower() not in found]
    types = len(re.findall(r"^pub (?:struct|enum) ", text, re.M))
    report.figure(f"{types} types, {len(unions) - len(lost)} of {len(unions)} tagged unions are #[serde(tag)] enums")
    report.require(not lost, "a tagged union is no #[serde(tag)] enum", lost)


def check_flattened(bundle: Bundle, text: str, report: Report) -> None:
    """Of a union whose arms it cannot tell apart typify makes a struct of optional flattened parts: it takes only objects."""
    names = {name.lower(): name for name in bundle.definitions}
    structs = re.findall(r"pub struct (\w+) \{\s*#\[serde\(flatten[^\]]*\]\s*pub subtype_0:", text)
    unions = [names[struct.lower()] for struct in structs if struct.lower() in names]
    broken = [name for name in unions if not bundle.takes_only_objects(bundle.definitions[name])]
    report.figure(f"{len(structs)} unions are structs of flattened parts: {', '.join(structs) or 'none'}")
    report.require(not broken, "a union with texts is a struct of flattened parts, which takes only objects", broken)


def build(bundle: Bundle, methods: Path, project: Path, report: Report) -> Path:
    """The program of `rust/` with the generated types, and an arm for every type that messages may have."""
    rows = json.loads(methods.read_text())["methods"]
    results = {row["result"]["$ref"].rpartition("/")[2] for row in rows if "result" in row}
    text = (project / "generated.rs").read_text()
    names = {name.lower(): name for name in re.findall(r"^pub (?:struct|enum|type) (\w+)", text, re.M)}
    kinds = [*MESSAGES, "JSONRPCError", *sorted(results)]
    arms = [f'    "{kind}" => round_trip::<generated::{names[kind.lower()]}>(json),\n' for kind in kinds]
    (project / "arms.rs").write_text(f"match kind {{\n{''.join(arms)}    _ => Err(\"no such type\".to_owned()),\n}}\n")
    for file in PROGRAM.iterdir():
        shutil.copy(file, project)
    command = ["cargo", "build", "--quiet", "--locked", "-j2", "--manifest-path", project / "Cargo.toml"]
    target = project / "target"
    run = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "CARGO_TARGET_DIR": str(target)})
    if run.returncode:
        report.stop("what typify writes does not build", run.stderr)
    report.figure("what typify writes builds")
    return target / "debug" / "generated-client"


def round_trip(program: Path, messages: list[tuple[str, str]]) -> list[str]:
    """What is not decoded and written back. A request of the client may have had fields that nobody knows."""
    lines = [f"{kind}\t{text}" for kind, text in messages]
    run = subprocess.run([program], input="\n".join(lines), capture_output=True, text=True)
    answers = run.stdout.splitlines()
    answers += ["no answer"] * (len(lines) - len(answers))
    failed = []
    for answer, (kind, text) in zip(answers, messages):
        if answer != "ok" and not (kind == "ClientRequest" and answer.startswith("not written back")):
            failed.append(f"{answer}: {kind}: {text}")
    return failed


def check_messages(program: Path, what: str, messages: list[tuple[str, str]], report: Report) -> None:
    failed = round_trip(program, messages)
    report.figure(f"{len(messages) - len(failed)} of {len(messages)} {what} decoded and written back")
    report.require(not failed, f"of the {what} one is not decoded and written back", failed)


def check_files(program: Path, folders: list[Path], report: Report) -> None:
    """Every file of exports, two at a time."""
    files = [file for folder in folders for file in sorted(folder.rglob("*.json"))]
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(2) as workers:
        outs = (Path(scratch) / f"{number}.rs" for number in count())
        complaints = list(workers.map(lambda file, out: typify(program, file, out), files, outs))
    failed = [f"{file}: {told}" for file, told in zip(files, complaints) if told and file.name != NESTED]
    nested = [file for file, told in zip(files, complaints) if told and file.name == NESTED]
    report.figure(f"{len(files) - len(failed) - len(nested)} of {len(files)} files of the exports are taken")
    for file in nested:
        report.figure(f"{file} is not: typify does not look into its nested definitions.v2, the layout of codex's export")
    report.require(not failed, "typify does not take a file", failed)


def main() -> None:
    arguments = argparse.ArgumentParser()
    parts = arguments.add_subparsers(dest="part", required=True)
    of_bundle = parts.add_parser("bundle")
    of_bundle.add_argument("typify", type=Path)
    of_bundle.add_argument("bundle", type=Path)
    of_bundle.add_argument("out", type=Path)
    of_bundle.add_argument("--build", action="store_true")
    of_bundle.add_argument("--messages", type=Path)
    of_files = parts.add_parser("files")
    of_files.add_argument("typify", type=Path)
    of_files.add_argument("folders", type=Path, nargs="+")
    args = arguments.parse_args()
    if args.part == "files":
        report = Report("rust")
        check_files(args.typify, args.folders, report)
        report.end()
    report = Report(f"rust {args.bundle.parent}")
    args.out.mkdir(parents=True, exist_ok=True)
    generated = args.out / "generated.rs"
    if complaint := typify(args.typify, args.bundle, generated):
        report.stop("typify fails", complaint)
    bundle = Bundle(args.bundle)
    check_unions(bundle, generated.read_text(), report)
    check_flattened(bundle, generated.read_text(), report)
    if args.build:
        program = build(bundle, args.bundle.with_name("methods.json"), args.out, report)
        smallest = [(union, json.dumps(message)) for union, message in bundle.smallest_messages()]
        check_messages(program, "smallest messages", smallest, report)
        if args.messages:
            check_messages(program, "messages", wire.read(args.messages), report)
    report.end()


if __name__ == "__main__":
    main()
