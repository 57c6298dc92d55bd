#!/usr/bin/env bash
# Makes the audio files of this folder with the program ffmpeg (version 5.1 made those that are here). They hold
# 98765 frames at 8 kHz (Opus: 592590 at 48 kHz), or their beginning, of the chirp 0.4 sin(2 pi (200 t + 20 t^2)), which the tests
# compute too. The channels of the surround files are tones of different frequencies; see tst_ffmpeg_files.
set -euo pipefail
cd "$(dirname "$0")"

make() { ffmpeg -hide_banner -loglevel error -y -fflags +bitexact "${input[@]}" -flags +bitexact "$@"; }
chirp='aevalsrc=0.4*sin(2*PI*(200*t+20*t*t))'
input=(-f lavfi -i "$chirp:s=8000,atrim=end_sample=98765")
make -c:a aac -aac_coder fast -b:a 16k -movflags +faststart -movie_timescale 8000 -metadata title=Chirp -metadata artist=Nobody gapless.m4a
make -c:a aac -aac_coder fast -b:a 16k -af atrim=end_sample=2345 rounded.m4a # its edit list has milliseconds
make -c:a aac -aac_coder fast -b:a 16k -af atrim=end_sample=2345 -movflags +use_metadata_tags \
    -metadata iTunSMPB=" 00000000 00000400 00000430 00000000000007D0 00000000" noted.m4a # 2000 frames
make -c:a aac -b:a 24k plain.aac
make -c:a wmav2 -b:a 24k sound.wma
make -c:a alac -t 6 lossless.m4a
make -c:a wavpack -t 0.5 lossless.wv
make -c:a ac3 -ar 32000 -b:a 32k -t 6 mono.ac3
make -map 0 -map 0 -c:a libmp3lame -b:a 8k -t 2 two_tracks.mkv

input=(-f lavfi -i "$chirp:s=48000,atrim=end_sample=592590")
make -c:a libopus -b:a 10k gapless.webm

tone() { echo "0.2*sin(2*PI*$1*t)"; }
tones="$(tone 300)|$(tone 400)|$(tone 500)|$(tone 600)|$(tone 700)|$(tone 800)"
input=(-f lavfi -i "aevalsrc=$tones:c=5.1:s=32000:d=1")
make -c:a aac -aac_coder fast -b:a 64k surround.m4a
make -c:a ac3 -b:a 128k surround.ac3
input=(-f lavfi -i "aevalsrc=$tones:c=5.1:s=8000:d=0.25")
make -c:a flac surround.flac
make -c:a pcm_s16le surround.wav
ls -l
