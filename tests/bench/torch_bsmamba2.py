#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time and rounding errors of a BSMamba2 in plain PyTorch, with the options of torch_roformer.py.

The scan is computed in chunks of 128 positions by matrix products, the fastest way that we found without CUDA.
"""
import torch
from torch import nn
from torch.nn import functional as F

from torch_roformer import main

STATES, TAPS, EXPANSION, HEAD, CHUNK = 128, 4, 4, 64, 128


def scan(x, dt, rate, b, c):
    """h = exp(dt rate) h + dt b' x, y = c h, from h = 0. x [rows, length, heads, p], dt [rows, length, heads],
    rate [heads], b and c [rows, length, states]."""
    length, size = x.shape[1], min(CHUNK, x.shape[1])
    count = -(-length // size)

    def chunks(t):
        return F.pad(t, [0, 0] * (t.dim() - 2) + [0, count * size - length]).unflatten(1, (count, size))

    x, dt, b, c = chunks(x * dt[..., None]).transpose(2, 3), chunks(dt).transpose(2, 3), chunks(b), chunks(c)
    sums = (dt * rate[:, None]).cumsum(-1)  # rows, chunks, heads, size
    later = torch.ones(size, size, dtype=torch.bool).tril()
    decay = (sums[..., :, None] - sums[..., None, :]).masked_fill(~later, -torch.inf).exp()
    y = ((c @ b.mT)[:, :, None] * decay) @ x
    if count > 1:
        added = b[:, :, None].mT @ (x * (sums[..., -1:] - sums).exp()[..., None])
        kept = sums[..., -1].exp()[..., None, None]
        state, before = torch.zeros_like(added[:, 0]), []
        for i in range(count):
            before.append(state)
            state = state * kept[:, i] + added[:, i]
        y = y + (c[:, :, None] @ torch.stack(before, 1)) * sums.exp()[..., None]
    return y.transpose(2, 3).flatten(1, 2)[:, :length]


class RmsNorm(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x):
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-5) * self.weight


class Mixer(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.inner = EXPANSION * dim
        heads, channels = self.inner // HEAD, self.inner + 2 * STATES
        self.in_proj = nn.Linear(dim, self.inner + channels + heads, bias=False)
        self.conv1d = nn.Conv1d(channels, channels, TAPS, groups=channels, padding=TAPS - 1)
        self.dt_bias = nn.Parameter(torch.full((heads,), -4.0))
        self.A_log = nn.Parameter(torch.rand(heads) * 2.7)
        self.D = nn.Parameter(torch.ones(heads))
        self.norm = RmsNorm(self.inner)
        self.out_proj = nn.Linear(self.inner, dim, bias=False)

    def forward(self, u):
        z, mixed, dt = self.in_proj(u).split([self.inner, self.inner + 2 * STATES, len(self.D)], -1)
        mixed = F.silu(self.conv1d(mixed.mT)[..., : u.shape[1]]).mT
        x, b, c = mixed.split([self.inner, STATES, STATES], -1)
        x = x.unflatten(-1, (-1, HEAD))
        y = scan(x, F.softplus(dt + self.dt_bias), -self.A_log.exp(), b, c) + self.D[:, None] * x
        return self.out_proj(self.norm(y.flatten(2) * F.silu(z)))


class Block(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.norm, self.mixer = RmsNorm(dim), Mixer(dim)

    def forward(self, x):
        return x + self.mixer(self.norm(x))


class Bidirectional(nn.Module):
    def __init__(self, _kind, dim):
        super().__init__()
        self.forward_blocks, self.backward_blocks = nn.ModuleList([Block(dim)]), nn.ModuleList([Block(dim)])
        self.linear = nn.ConvTranspose1d(2 * dim, dim, 1)

    def forward(self, x):
        both = torch.cat((self.forward_blocks[0](x), self.backward_blocks[0](x.flip(1)).flip(1)), -1)
        return x + self.linear(both.mT).mT


if __name__ == "__main__":
    main(("bs_mamba2",), Bidirectional)
