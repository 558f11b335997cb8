# Everything a developer runs. `just` lists it.

default:
    @just --list

# All tests.
test:
    cargo test --workspace

# What CI runs first.
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings

# Conventions of the tree: module comments, dependency direction, file sizes.
tidy:
    cargo test -p codex-app-server-test-support --test tidy

# Refreshes schema/, docs/config-keys.md, the README's status table and the table of metrics from the types.
schema:
    UPDATE_SCHEMA=1 cargo test -q -p codex-app-server-protocol --test schema_drift
    UPDATE_SCHEMA=1 cargo test -q -p codex-config-loader --test it checked_in
    UPDATE_STATUS=1 cargo test -q -p codex-app-server --test it -- status every_metric

# What code generators make of schema/own, and whether it reads real conversations. Needs python3, npm and the network once.
generators:
    mkdir -p target/wire-logs
    WIRE_LOG_DIR="$PWD/target/wire-logs" cargo test -q -p codex-app-server
    .ci/generators/run --logs target/wire-logs

# The exports against the recorded surface of codex, with the tools of the shared folder; says so where that is absent.
parity SHARED="../shared":
    @if [ -x "{{SHARED}}/tools/wire-parity" ]; then \
        "{{SHARED}}/tools/wire-parity" schema/json --fail-under 100 && \
        "{{SHARED}}/tools/wire-parity" schema/experimental/json --surface experimental --fail-under 100; \
    else echo "{{SHARED}}/tools/wire-parity is not here; tests/reference_surface.rs checks a recorded copy"; fi

# One turn on the embedded scripted model.
try PROMPT="What can you do?":
    cargo run -q -- try "{{PROMPT}}"

# Speed of this server, alone or beside another: just bench [SERVER COMMAND]
bench *OTHER:
    cargo build --release
    cargo run --release -p codex-app-server --example bench -- target/release/codex-app-server {{OTHER}}
    cargo bench -p codex-app-server-protocol
    cargo bench -p codex-config-loader
    cargo bench -p codex-apply-patch
    cargo bench -p codex-exec
    cargo bench -p codex-app-server

# Kills a server at random moments and looks whether anything that it announced is lost: just crash [ROUNDS] [SEED]
crash ROUNDS="500" SEED="1":
    cargo build --release
    cargo run --release -p codex-app-server --example crash -- target/release/codex-app-server {{ROUNDS}} {{SEED}}

# Many clients that come, go, stall and die, and what is left of them in the server: just soak [MINUTES] [SEED]
soak MINUTES="2" SEED="1":
    cargo build --release
    cargo run --release -p codex-app-server --example soak -- target/release/codex-app-server {{MINUTES}} {{SEED}}

# The conversation of CONTRIBUTING with a real model on this machine, over both wire APIs.
real-model URL="http://127.0.0.1:8089/v1":
    .ci/real-model "{{URL}}"

# What CI runs.
ci:
    .ci/run
