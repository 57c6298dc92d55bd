"""Makes scores.json and the WAV files beside it: metrics as their reference implementations compute them.

    pip install torch torchaudio librosa soundfile log-wmse-audio-quality torch-log-wmse
    python make_scores.py FOLDER

FOLDER is a checkout of ZFTurbo/Music-Source-Separation-Training (here ccc011ab); its utils/metrics.py has bleedless,
fullness and L1 frequency. log-WMSE is that of the metric's author (log-wmse-audio-quality 0.2.0) and, as "log_wmse_torch",
that of the port that MSST uses (torch-log-wmse 1.1.0).
"""
import json
import pathlib
import sys

import numpy as np
import soundfile
import torch
from log_wmse_audio_quality import calculate_log_wmse
from torch_log_wmse import LogWMSE

sys.path.insert(0, sys.argv[1])
from utils import metrics

here = pathlib.Path(__file__).parent
generator = np.random.default_rng(2208)


def tones(frames, channels, rate, hertz):
    time = np.arange(frames) / rate
    return np.stack([sum(np.sin(2 * np.pi * f * time + c) for f in hertz) for c in range(channels)]) / len(hertz)


def noise(frames, channels, low_pass):
    white = generator.normal(size=(channels, frames))
    for i in range(1, frames):
        white[:, i] = low_pass * white[:, i - 1] + (1 - low_pass) * white[:, i]
    return white / np.abs(white).max()


def scene(frames=13230, channels=2, rate=44100):
    """A stem, the others, and an estimate that lacks a part of the stem and contains a part of the others."""
    stem = 0.3 * tones(frames, channels, rate, [220, 440, 3300]) + 0.1 * noise(frames, channels, 0.5)
    others = 0.2 * tones(frames, channels, rate, [90, 1000, 7000]) + 0.2 * noise(frames, channels, 0.9)
    estimate = 0.8 * stem + 0.1 * others + 0.01 * noise(frames, channels, 0.2)
    return stem, others, estimate


def rounded(signal):
    """As the WAV file with 16 bits stores it."""
    return (np.clip(np.rint(signal * 32768), -32768, 32767) / 32768).astype(np.float32)


def cases():
    stem, others, estimate = scene()
    yield "leak", 44100, stem, estimate, stem + others
    yield "perfect", 44100, stem, stem, stem + others
    yield "near", 44100, stem, stem + 2 / 32768 * noise(stem.shape[1], 2, 0), stem + others
    yield "silent_stem", 44100, 0 * stem, 0.1 * others, others
    yield "silent_estimate", 44100, stem, 0 * stem, stem + others
    half = stem * (np.arange(stem.shape[1]) < stem.shape[1] // 2)
    yield "half_silent", 44100, half, half * 0.9 + 0.05 * others, half + others
    left = np.array([[1.0], [0.0]])
    yield "silent_channel", 44100, stem * left, estimate * left, (stem + others) * left
    stem, others, estimate = scene(channels=1)
    yield "mono", 44100, stem, estimate, stem + others
    stem, others, estimate = scene(frames=14400, channels=1, rate=48000)
    yield "rate_48000", 48000, stem, estimate, stem + others
    stem, others, estimate = scene(frames=900, channels=1)
    yield "short", 44100, stem, estimate, stem + others


files = {}


def wav(name, signal, rate):
    """The name of a file with this signal; signals of several cases have one file."""
    content = (signal.tobytes(), rate)
    if content not in files:
        files[content] = name
        soundfile.write(here / name, signal.T, rate, subtype="PCM_16")
    return files[content]


stored = {}
for name, rate, *signals in cases():
    truth, estimate, mixture = (rounded(signal) for signal in signals)
    bleedless, fullness = metrics.bleed_full(truth, estimate, sr=rate)
    batch = [torch.from_numpy(signal) for signal in (mixture, estimate, truth)]
    port = LogWMSE(sample_rate=rate)(batch[0][None], batch[1][None, :, None], batch[2][None, :, None])
    stored[name] = {
        "sample_rate": rate,
        "truth": wav(f"{name}_truth.wav", truth, rate),
        "estimate": wav(f"{name}_estimate.wav", estimate, rate),
        "mixture": wav(f"{name}_mixture.wav", mixture, rate),
        "bleedless": float(bleedless),
        "fullness": float(fullness),
        # torch.stft cannot reflect a signal that is shorter than half a window.
        "l1_freq": metrics.L1Freq_metric(truth, estimate) if truth.shape[1] > 1024 else None,
        "log_wmse": float(calculate_log_wmse(mixture, estimate, truth, rate)),
        "log_wmse_torch": float(port),
    }
(here / "scores.json").write_text(json.dumps(stored, indent=1) + "\n")
