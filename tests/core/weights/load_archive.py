# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Loads a checkpoint as other programs do: without executing anything in it, and strictly into a module that has parameters of
these names and shapes. Saves what the module then has, without prefix.

    load_archive.py CHECKPOINT OUTPUT [KEY PREFIX]
"""
import sys

import torch


class Node(torch.nn.Module):
    """A module whose parameters are named as in a state dict."""

    def put(self, name, shape):
        first, _, rest = name.partition(".")
        if not rest:
            self.register_parameter(first, torch.nn.Parameter(torch.full(shape, float("nan"))))
            return
        if first not in self._modules:
            self.add_module(first, Node())
        self._modules[first].put(rest, shape)


checkpoint, output, *nested = sys.argv[1:]
state = torch.load(checkpoint, map_location="cpu", weights_only=True)
torch.load(checkpoint, map_location="cpu", weights_only=True, mmap=True)
prefix = ""
if nested:
    key, prefix = nested
    assert isinstance(state["epoch"], int) and isinstance(state["global_step"], int)
    assert isinstance(state["pytorch-lightning_version"], str)
    state = state[key]
module = Node()
for name, tensor in state.items():
    assert tensor.dtype == torch.float32 and tensor.is_contiguous(), name
    module.put(name, tensor.shape)
print(module.load_state_dict(state, strict=True))
torch.save({name.removeprefix(prefix): tensor for name, tensor in module.state_dict().items()}, output)
