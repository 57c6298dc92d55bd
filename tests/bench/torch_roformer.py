#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time and rounding errors of a RoFormer in plain PyTorch, to compare bench_step and bench_separate with.

    torch_roformer.py [--separate] [--kind bs|mel] [--dim N] [--depth N] [--seconds S] [--threads N] ...
    torch_roformer.py --compare FILE [--kind bs|mel] [--dim N] [--depth N]

The first prints the time of a training step or of a separation. The second reads what `bench_separate --write FILE` has
written: weights, a mixture and its estimate. It separates the mixture with these weights in float32 and in float64, and prints
how far the estimate and PyTorch's in float32 are from that in float64.

Attention is PyTorch's fused operator. As in bench_step: float32, no dropout, hop 441, one stem, gradients clipped to 3, AdamW;
the loss is the mean modulus plus that of five STFTs, without an average of the weights (training.ema_decay=0). To keep freed
pages, as our programs do, set MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=34359738368.
"""
import argparse
import json
import math
import re
import struct
import time

import torch
from torch import nn
from torch.nn import functional as F

BS_BANDS = [2] * 24 + [4] * 12 + [12] * 8 + [24] * 8 + [48] * 8 + [128, 129]
FFT, HOP, HEADS, HEAD = 2048, 441, 8, 64


def mel_bands(count=60, rate=44100):
    """The bins of each band: those between the edges around its center, on the Slaney scale."""
    def hertz(mel):
        return 200 / 3 * mel if mel < 15 else 1000 * math.exp((mel - 15) * math.log(6.4) / 27)
    top = 15 + 27 * math.log(rate / 2000) / math.log(6.4)
    edges = [hertz(top * i / (count + 1)) for i in range(count + 2)]
    bands = [[k for k in range(FFT // 2 + 1) if low < k * rate / FFT < high] for low, high in zip(edges, edges[2:])]
    bands[0] = sorted({0, *bands[0]})
    bands[-1] = sorted({FFT // 2, *bands[-1]})
    return bands


class Norm(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(width))

    def forward(self, x):
        return F.normalize(x, dim=-1) * (x.shape[-1] ** 0.5 * self.gamma)


class Attention(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.norm = Norm(dim)
        self.qkv = nn.Linear(dim, 3 * HEADS * HEAD, bias=False)
        self.gates = nn.Linear(dim, HEADS)
        self.out = nn.Linear(HEADS * HEAD, dim, bias=False)
        self.register_buffer("frequencies", 1 / 1e4 ** (torch.arange(0, HEAD, 2) / HEAD))

    def forward(self, x):
        n = self.norm(x)
        q, k, v = self.qkv(n).unflatten(-1, (3, HEADS, HEAD)).permute(2, 0, 3, 1, 4)
        angle = torch.arange(x.shape[1])[:, None] * self.frequencies
        cos, sin = angle.cos(), angle.sin()

        def turn(y):
            a, b = y[..., ::2], y[..., 1::2]
            return torch.stack((a * cos - b * sin, a * sin + b * cos), -1).flatten(-2)

        mixed = F.scaled_dot_product_attention(turn(q), turn(k), v)
        gated = mixed * self.gates(n).sigmoid().transpose(1, 2)[..., None]
        return x + self.out(gated.transpose(1, 2).flatten(2))


class FeedForward(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.layers = nn.Sequential(Norm(dim), nn.Linear(dim, 4 * dim), nn.GELU(), nn.Linear(4 * dim, dim))

    def forward(self, x):
        return x + self.layers(x)


def roformer_part(kind, dim):
    """The layers along one axis."""
    return nn.Sequential(Attention(dim), FeedForward(dim), *([Norm(dim)] if kind == "mel" else []))


class Model(nn.Module):
    """A band-split model whose layers consist of two parts, along time and along bands."""

    def __init__(self, kind, dim, depth, part=roformer_part):
        super().__init__()
        starts = torch.tensor(BS_BANDS).cumsum(0) - torch.tensor(BS_BANDS)
        bands = [list(range(s, s + w)) for s, w in zip(starts.tolist(), BS_BANDS)] if kind != "mel" else mel_bands()
        self.bins = torch.tensor(sum(bands, []))
        self.sizes = [4 * len(band) for band in bands]  # 2 channels, real and imaginary
        self.share = 1 / torch.bincount(self.bins).float()
        self.split = nn.ModuleList(nn.Sequential(Norm(n), nn.Linear(n, dim)) for n in self.sizes)

        self.layers = nn.ModuleList(nn.ModuleList((part(kind, dim), part(kind, dim))) for _ in range(depth))
        self.final = Norm(dim) if kind != "mel" else nn.Identity()

        def mask(features):
            hidden = [nn.Linear(4 * dim, 4 * dim), nn.Tanh()] if kind == "mel" else []
            return nn.Sequential(nn.Linear(dim, 4 * dim), nn.Tanh(), *hidden, nn.Linear(4 * dim, 2 * features), nn.GLU())

        self.masks = nn.ModuleList(mask(n) for n in self.sizes)
        self.register_buffer("window", torch.hann_window(FFT))

    def forward(self, mixture):
        batch, channels, samples = mixture.shape
        spectrum = torch.stft(mixture.flatten(0, 1), FFT, HOP, window=self.window, return_complex=True)
        spectrum = spectrum.unflatten(0, (batch, channels)).permute(0, 3, 2, 1)  # batch, frames, bins, channels
        features = torch.view_as_real(spectrum[:, :, self.bins]).flatten(2)
        x = torch.stack([f(y) for f, y in zip(self.split, features.split(self.sizes, -1))], 2)
        for along_time, along_bands in self.layers:
            x = along_time(x.transpose(1, 2).flatten(0, 1)).unflatten(0, (batch, -1)).transpose(1, 2)
            x = along_bands(x.flatten(0, 1)).unflatten(0, (batch, -1))
        x = self.final(x)
        mask = torch.cat([f(y) for f, y in zip(self.masks, x.unbind(2))], -1).unflatten(-1, (-1, channels, 2))
        if len(self.bins) > len(self.share):
            sums = mask.new_zeros(*mask.shape[:2], len(self.share), channels, 2).index_add(2, self.bins, mask)
            mask = sums * self.share[:, None, None]
        estimate = (spectrum * torch.view_as_complex(mask.contiguous())).permute(0, 3, 2, 1).flatten(0, 1)
        return torch.istft(estimate, FFT, HOP, window=self.window, length=samples).view(batch, channels, samples)


def loss_of(estimate, target):
    error = (estimate - target).flatten(0, 1)  # the STFT is linear
    loss = error.abs().mean()
    for size in (4096, 2048, 1024, 512, 256):
        transform = torch.stft(error, max(size, FFT), 147, size, torch.hann_window(size), return_complex=True)
        loss = loss + transform.abs().mean()
    return loss


def read_safetensors(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = bytearray(file.read())
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        assert entry["dtype"] == "F32", name
        tensors[name] = torch.frombuffer(data[begin:end], dtype=torch.float32).view(entry["shape"])
    return tensors


# From the names of published weights to those of this file.
RENAMED = (
    (r"^band_split\.to_features\.", "split."),
    (r"^final_norm\.", "final."),
    (r"^mask_estimators\.0\.to_freqs\.(\d+)\.0\.", r"masks.\1."),
    (r"^(layers\.\d+\.\d)\.norm\.", r"\1.2."),
    (r"^(layers\.\d+\.\d)\.layers\.0\.", r"\1."),
    (r"\.to_(qkv|gates)\.", r".\1."),
    (r"\.to_out\.0\.", ".out."),
    (r"\.1\.net\.([01])\.", r".1.layers.\1."),
    (r"\.1\.net\.4\.", ".1.layers.3."),
)


def own_name(name):
    for pattern, replacement in RENAMED:
        name = re.sub(pattern, replacement, name)
    return name


def compare(model, path):
    """How far the estimate in the file and that of the model in float32 are from that of the model in float64."""
    tensors = read_safetensors(path)
    mixture, estimate = tensors.pop("mixture"), tensors.pop("estimate")[:, 0]
    missing, unexpected = model.load_state_dict({own_name(name): value for name, value in tensors.items()}, strict=False)
    assert not unexpected and all(name in dict(model.named_buffers()) for name in missing), (missing, unexpected)
    with torch.inference_mode():
        of_torch = model(mixture)
        exact = model.double()(mixture.double())

    def errors(of):
        error = of.double() - exact
        return {"rms_error_db": 20 * math.log10(error.square().mean().sqrt() / exact.square().mean().sqrt()),
                "max_error_db": 20 * math.log10(error.abs().max() / exact.abs().max())}

    return {"headroom": errors(estimate), "torch": errors(of_torch)}


def main(kinds, part):
    """@param part: makes the layers along one axis, from a kind and a dim"""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kind", choices=kinds, default=kinds[0])
    for name, default in (("dim", 192), ("depth", 1), ("batch", 1), ("threads", 1), ("repetitions", 3)):
        parser.add_argument("--" + name, type=int, default=default)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--separate", action="store_true")
    parser.add_argument("--compare", metavar="FILE")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    model = Model(options.kind, options.dim, options.depth, part)
    if options.compare:
        print(json.dumps({"bench": "torch_errors", "kind": options.kind, "dim": options.dim, "depth": options.depth,
                          **compare(model, options.compare)}))
        return
    optimizer = torch.optim.AdamW(model.parameters(), lr=5e-4)
    mixture = torch.randn(1 if options.separate else options.batch, 2, round(options.seconds * 44100)) * 0.1

    def separate():
        with torch.inference_mode():
            model(mixture)

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss_of(model(mixture), 0.5 * mixture).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 3)
        optimizer.step()

    wall, cpu = [], []
    for _ in range(options.repetitions + 1):  # the first one warms up
        before = time.perf_counter(), time.process_time()
        (separate if options.separate else step)()
        wall.append(time.perf_counter() - before[0])
        cpu.append(time.process_time() - before[1])
    print(json.dumps({"bench": "torch_separate" if options.separate else "torch_step", **vars(options),
                      "parameters": sum(p.numel() for p in model.parameters()),
                      "s_min": min(wall[1:]), "cpu_s_min": min(cpu[1:]), "cpu_s_all": cpu}))


if __name__ == "__main__":
    main(("bs", "mel"), roformer_part)
