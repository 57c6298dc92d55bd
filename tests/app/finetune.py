# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The BS-RoFormer of msst_roformer.yaml in PyTorch: modules that have the names of the published one, and compute nothing.

    finetune.py make CHECKPOINT         saves weights as other programs do
    finetune.py check CHECKPOINT TUNED  loads what fine-tuning made of them, strictly; only matrices with adapters may differ
"""
import sys

import torch
from torch import nn

DIM, HEADS, WIDTH, LAYERS, BANDS, EXPANSION = 16, 2, 8, 2, (225, 400, 400), 2
ADAPTED = ("to_qkv.weight", "to_out.0.weight", "net.1.weight", "net.4.weight")


class RMSNorm(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.gamma = nn.Parameter(1 + 0.1 * torch.randn(dim))


class Positions(nn.Module):
    def __init__(self):
        super().__init__()
        self.freqs = nn.Parameter(1 / 10000 ** (torch.arange(0, WIDTH, 2).float() / WIDTH), requires_grad=False)


class Attention(nn.Module):
    def __init__(self, positions):
        super().__init__()
        self.rotary_embed = positions
        self.norm = RMSNorm(DIM)
        self.to_qkv = nn.Linear(DIM, 3 * HEADS * WIDTH, bias=False)
        self.to_gates = nn.Linear(DIM, HEADS)
        self.to_out = nn.Sequential(nn.Linear(HEADS * WIDTH, DIM, bias=False), nn.Dropout())


class FeedForward(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(RMSNorm(DIM), nn.Linear(DIM, 4 * DIM), nn.GELU(), nn.Dropout(), nn.Linear(4 * DIM, DIM),
                                 nn.Dropout())


class Transformer(nn.Module):
    def __init__(self, positions):
        super().__init__()
        self.layers = nn.ModuleList([nn.ModuleList([Attention(positions), FeedForward()])])
        self.norm = nn.Identity()


class BandSplit(nn.Module):
    def __init__(self):
        super().__init__()
        self.to_features = nn.ModuleList(nn.Sequential(RMSNorm(4 * band), nn.Linear(4 * band, DIM)) for band in BANDS)


class MaskEstimator(nn.Module):
    def __init__(self):
        super().__init__()
        hidden = EXPANSION * DIM
        self.to_freqs = nn.ModuleList(
            nn.Sequential(nn.Sequential(nn.Linear(DIM, hidden), nn.Tanh(), nn.Linear(hidden, 8 * band)), nn.GLU())
            for band in BANDS)


class BSRoformer(nn.Module):
    def __init__(self):
        super().__init__()
        time, bands = Positions(), Positions()
        self.layers = nn.ModuleList(nn.ModuleList([Transformer(time), Transformer(bands)]) for _ in range(LAYERS))
        self.final_norm = RMSNorm(DIM)
        self.band_split = BandSplit()
        self.mask_estimators = nn.ModuleList([MaskEstimator()])


torch.manual_seed(1)
model = BSRoformer()
task, checkpoint, *tuned = sys.argv[1:]
if task == "make":
    torch.save(model.state_dict(), checkpoint)
    sys.exit()
before = torch.load(checkpoint, map_location="cpu", weights_only=True)
print(model.load_state_dict(torch.load(tuned[0], map_location="cpu", weights_only=True), strict=True))
for name, tensor in model.state_dict().items():
    has_adapter = name.endswith(ADAPTED) or name.startswith("mask_estimators.") and name.endswith("weight")
    assert torch.isfinite(tensor).all(), name
    assert torch.equal(tensor, before[name]) != has_adapter, name
print("only adapted weights differ")
