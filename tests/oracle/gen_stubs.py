#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a function that returns 0 for each CUDA library symbol that LibTorch imports and no SOURCE implements.

usage: gen_stubs.py TORCH_LIB_DIR OUT SOURCE...
"""
import re
import subprocess
import sys

lib_dir, out, *sources = sys.argv[1:]
imported = set()
for lib in ('libtorch_cuda.so', 'libc10_cuda.so', 'libtorch_cuda_linalg.so', 'libtorch_nvshmem.so'):
    symbols = subprocess.run(['nm', '-D', '--undefined-only', f'{lib_dir}/{lib}'], capture_output=True, text=True)
    imported |= set(re.findall(r'U (\w+)@lib(?:cudart|cublas|cublasLt|cufft)\.so', symbols.stdout))
for source in sources:
    with open(source) as file:
        imported -= set(re.findall(r'IMPLEMENTED\((\w+)\)', file.read()))
with open(out, 'w') as file:
    for name in sorted(imported):
        file.write(f'extern "C" int {name}() {{ return 0; }}\n')
