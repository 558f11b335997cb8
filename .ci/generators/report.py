"""What every part prints: a line per figure, and a sentence per limit that is missed."""

import sys
from collections.abc import Iterable
from itertools import islice


class Report:
    """The figures of one part."""

    def __init__(self, part: str) -> None:
        self.part = part
        self.missed = 0

    def figure(self, text: str) -> None:
        print(f"{self.part}: {text}", flush=True)

    def require(self, holds: bool, sentence: str, examples: Iterable[object] = ()) -> None:
        """Says that a limit is missed, with the first examples, unless it holds."""
        if holds:
            return
        self.missed += 1
        print(f"missed: {self.part}: {sentence}", flush=True)
        for example in islice(examples, 5):
            print(f"    {str(example)[:400]}", flush=True)

    def stop(self, sentence: str, output: str) -> None:
        """Ends the part: what the rest would look at is not there."""
        self.require(False, sentence, output.strip().splitlines()[-5:])
        self.end()

    def end(self) -> None:
        sys.exit(1 if self.missed else 0)
