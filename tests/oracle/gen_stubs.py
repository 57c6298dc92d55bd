#!/usr/bin/env python3
"""Writes a do-nothing function for each CUDA library symbol that LibTorch imports and fake_cuda.cpp lacks.

usage: gen_stubs.py TORCH_LIB_DIR FAKE_CUDA_CPP OUT
"""
import re
import subprocess
import sys

lib_dir, written_by_hand, out = sys.argv[1:4]
wanted = set()
for lib in ('libtorch_cuda.so', 'libc10_cuda.so', 'libtorch_cuda_linalg.so', 'libtorch_nvshmem.so'):
    symbols = subprocess.run(['nm', '-D', '--undefined-only', f'{lib_dir}/{lib}'], capture_output=True, text=True)
    wanted |= set(re.findall(r'U (\w+)@lib(?:cudart|cublas|cublasLt|cufft)\.so', symbols.stdout))
with open(written_by_hand) as file:
    wanted -= set(re.findall(r'HAND\((\w+)\)', file.read()))
with open(out, 'w') as file:
    for name in sorted(wanted):
        file.write(f'extern "C" int {name}() {{ return 0; }}\n')
