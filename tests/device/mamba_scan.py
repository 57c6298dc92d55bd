#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times the scan and the gated norm of mamba_ssm with the shapes of device_check's mixers. Prints JSON."""
import json
import time

import torch
from mamba_ssm.ops.triton.layernorm_gated import rmsnorm_fn
from mamba_ssm.ops.triton.ssd_combined import mamba_chunk_scan_combined

HEADS, HEADDIM, STATE = 16, 64, 128
INNER = HEADS * HEADDIM


def milliseconds(work, calls=10):
    work()
    work()  # the first calls tune the kernels
    torch.cuda.synchronize()
    begin = time.perf_counter()
    for _ in range(calls):
        work()
    torch.cuda.synchronize()
    return (time.perf_counter() - begin) / calls * 1e3


def leaf(*shape, dtype=torch.bfloat16):
    return torch.randn(*shape, device='cuda', dtype=dtype, requires_grad=True)


def measure(rows, length, chunk):
    x, z = leaf(rows, length, HEADS, HEADDIM), leaf(rows, length, INNER)
    b, c = leaf(rows, length, 1, STATE), leaf(rows, length, 1, STATE)
    dt = leaf(rows, length, HEADS)
    a = (-torch.rand(HEADS, device='cuda') - 1).requires_grad_()
    d, dt_bias, weight = (leaf(n, dtype=torch.float32) for n in (HEADS, HEADS, INNER))

    def forward():
        y = mamba_chunk_scan_combined(x, dt, a, b, c, chunk_size=chunk, D=d, dt_bias=dt_bias, dt_softplus=True)
        return rmsnorm_fn(y.reshape(rows, length, INNER), weight, None, z=z, eps=1e-5, norm_before_gate=False)

    def both():
        y = forward()
        torch.autograd.grad(y, (x, b, c, z, dt, a, d, dt_bias, weight), y.detach())

    with torch.no_grad():
        once = milliseconds(forward)
    print(json.dumps({'part': 'mamba_ssm', 'name': f'scan and norm, {rows} x {length}, chunks of {chunk}', 'ok': None,
                      'forward_ms': once, 'forward_backward_ms': milliseconds(both)}), flush=True)


measure(310, 801, 128)
measure(310, 801, 256)
measure(4005, 62, 64)
