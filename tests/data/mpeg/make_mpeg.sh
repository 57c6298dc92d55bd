#!/usr/bin/env bash
# Makes the MPEG audio files of this folder; needs sox and lame. Each holds 12000 frames at 8 kHz, mono. variable.mp3 begins
# with a frame that says so; those of constant.mp3 are too small for that.
set -euo pipefail
cd "$(dirname "$0")"
sound=$(mktemp --suffix .wav)
trap 'rm -f "$sound"' EXIT

# Noise first, then a quiet tone: the size of the first frames says nothing about the others.
part() { printf '|sox -R -n -r 8000 -b 16 -c 1 -t wav - synth %s' "$*"; }
sox -R "$(part 0.5 pinknoise vol 0.7)" "$(part 1 sine 440 vol 0.05)" "$sound"
lame --quiet -m m -b 8 --resample 8 "$sound" constant.mp3
lame --quiet -m m -V 6 --resample 8 "$sound" variable.mp3
