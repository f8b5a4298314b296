#!/usr/bin/env bash
# Makes the picture of docs/figures.md#the-console: the first screen with calls of a small company, in Debian's chromium. A test makes it, because
# the times of its calls must be those of today.
set -euo pipefail
cd "$(dirname "$0")/../.."

type chromium >/dev/null || { echo "console-picture: install chromium" >&2; exit 1; }
mvn -B -ntp -q verify -Pcontainers \
    -Dit.test='ConsolePictureIT' -Dcallweave.write-docs=true
