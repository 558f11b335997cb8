"""One turn through the unmodified openai-codex Python SDK, on the scripted model: `sdk_turn.py SERVER_BINARY`."""

import os
import sys
import tempfile

from openai_codex import Codex, CodexConfig

with tempfile.TemporaryDirectory() as home:
    config = CodexConfig(
        codex_bin=os.path.abspath(sys.argv[1]),
        config_overrides=('model_provider="scripted"',),
        cwd=home,
        env={"CODEX_HOME": home},
    )
    with Codex(config) as codex:
        thread = codex.thread_start()
        for prompt in ("Say hello", "And once more"):
            result = thread.run(prompt)
            assert result.final_response, result
            print(result.final_response)
