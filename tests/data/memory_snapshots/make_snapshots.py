"""Makes the memory snapshots beside it, and peaks.json: what PyTorch 2.11 recorded of this program, and its statistics.

    LD_PRELOAD=libfakecuda.so LD_LIBRARY_PATH=build/release/tests/oracle:build/release/tests/oracle/driver \
        FAKECUDA_TOTAL=12884901888 FAKECUDA_CC=89 FAKECUDA_SMS=46 FAKECUDA_TPSM=1536 python make_snapshots.py

The allocator is PyTorch's own; the fake CUDA runtime of tests/oracle stands in for a card. The program uses two streams. The last
recording begins in the middle of the program.
"""
import json
import os
import pathlib
import subprocess
import sys

here = pathlib.Path(__file__ if "__file__" in globals() else "make_snapshots.py").resolve().parent
RECORDINGS = {
    "default": ("expandable_segments:False", 0),
    "expandable": ("expandable_segments:True", 0),
    "max_split_32": ("max_split_size_mb:32", 0),
    "late": ("expandable_segments:False", 12),
}


def program(name, begin):
    import torch

    def block(size):
        return torch.empty(size, dtype=torch.uint8, device="cuda")

    torch.cuda.init()
    kept = []
    for i in range(1, 30):
        if i > begin:
            torch.cuda.memory._record_memory_history(max_entries=100000, stacks="python")
            begin = 30
        kept.append(block(i * 300000 + 7))
        brief = block((40 - i) * 1500000 + 3)
        if i % 3 == 0:
            kept.pop(0)
        del brief
    with torch.cuda.stream(torch.cuda.Stream()):
        brief = block(5000000)
        del brief
        kept.append(block(3000000))
    torch.cuda.memory._dump_snapshot(str(here / f"{name}.pickle"))
    statistics = torch.cuda.memory_stats()
    print(json.dumps({key: statistics[f"{key}_bytes.all.peak"] for key in ("allocated", "reserved", "requested")}))


if len(sys.argv) > 1:
    program(sys.argv[1], int(sys.argv[2]))
else:
    peaks = {}
    for name, (settings, begin) in RECORDINGS.items():
        environment = {**os.environ, "PYTORCH_ALLOC_CONF": settings}
        # Frames have the name of the file without its folder.
        code = f"exec(compile(open({str(here / 'make_snapshots.py')!r}).read(), 'make_snapshots.py', 'exec'))"
        command = [sys.executable, "-c", code, name, str(begin)]
        run = subprocess.run(command, env=environment, cwd=here, check=True, capture_output=True, text=True)
        peaks[name] = json.loads(run.stdout)
    (here / "peaks.json").write_text(json.dumps(peaks, indent=1) + "\n")
