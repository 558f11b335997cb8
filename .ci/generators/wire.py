"""What a client must be able to decode, from logs of real conversations: `wire.py METHODS_JSON LOGS MESSAGES`.

A log `*.log` holds one connection, a line a message: `-> {...}` what the client sent, `<- {...}` what it got. MESSAGES gets a
line `TYPE<TAB>JSON` for each message: every notification, request, result and error of the server, and the requests of the
client that were answered with a result. (What the server refused may be broken on purpose.) A log without `initialize` is
no conversation with the server and is passed over.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from report import Report


def read(messages: Path | None) -> list[tuple[str, str]]:
    """What `MESSAGES` holds: the type and the JSON of each message."""
    lines = messages.read_text().splitlines() if messages else []
    return [(kind, text) for kind, _, text in (line.partition("\t") for line in lines)]


def is_conversation(log: Path) -> bool:
    return any(line.startswith("-> ") and '"initialize"' in line for line in log.read_text().splitlines())


def decodable(log: Path, results: dict[str, str]) -> Iterator[tuple[str, object]]:
    """The messages of one log with their types; the type of what cannot be judged is empty."""
    asked: dict[str, list[dict]] = {}
    for line in log.read_text().splitlines():
        direction, _, text = line.partition(" ")
        try:
            message = json.loads(text)
        except ValueError:
            message = None
        if direction not in ("->", "<-") or (direction == "->" and not isinstance(message, dict)):
            continue
        identity = json.dumps(message.get("id"))
        if direction == "->":
            if "method" in message and "id" in message:
                asked.setdefault(identity, []).append(message)
        elif "method" in message:
            yield "ServerRequest" if "id" in message else "ServerNotification", message
        else:
            requests = asked.pop(identity, [])
            if "error" in message:
                yield "JSONRPCError", message
            elif len(requests) == 1 and requests[0]["method"] in results:
                yield results[requests[0]["method"]], message["result"]
                yield "ClientRequest", requests[0]
            else:
                # Nothing was asked, or two open requests had the same id.
                yield "", message


def main() -> None:
    methods, logs, out = map(Path, sys.argv[1:])
    report = Report("conversations")
    rows = json.loads(methods.read_text())["methods"]
    results = {
        row["name"]: row["result"]["$ref"].rpartition("/")[2] for row in rows if row["direction"] == "clientRequest"
    }
    found = sorted(logs.rglob("*.log"))
    files = [log for log in found if is_conversation(log)]
    counts: Counter[str] = Counter()
    unknown = []
    with out.open("w") as sink:
        for log in files:
            for kind, message in decodable(log, results):
                if kind:
                    sink.write(f"{kind}\t{json.dumps(message)}\n")
                    counts["result" if kind in results.values() else kind] += 1
                else:
                    unknown.append(f"{log.name}: {json.dumps(message)}")
    told = ", ".join(f"{count} {kind}" for kind, count in counts.most_common())
    if len(files) < len(found):
        report.figure(f"{len(found) - len(files)} logs without initialize are passed over")
    report.figure(f"{len(files)} logs with {counts.total()} messages to decode: {told}; {len(unknown)} of unknown type")
    report.require(counts.total() > 0, f"there is no message in {logs}")
    for example in unknown[:5]:
        report.figure(f"of unknown type: {example[:200]}")
    report.end()


if __name__ == "__main__":
    main()
