"""Makes out_of_memory.pickle: what PyTorch 2.11 recorded of a program that ends because a card of 12 GiB is too small.

Run it in this folder with the environment of make_snapshots.py, so that frames have its name without its folder:

    python -c "name = 'make_out_of_memory.py'; exec(compile(open(name).read(), name, 'exec'))"
"""
import torch

torch.cuda.init()
torch.cuda.memory._record_memory_history(stacks="python")
kept = [torch.empty(3 << 30, dtype=torch.uint8, device="cuda")]
try:
    torch.empty(20 << 30, dtype=torch.uint8, device="cuda")
except torch.OutOfMemoryError:
    kept.append(torch.empty(5 << 30, dtype=torch.uint8, device="cuda"))  # it goes on with less
try:
    kept.append(torch.empty((6 << 30) + 7, dtype=torch.uint8, device="cuda"))
except torch.OutOfMemoryError:
    kept.clear()
torch.cuda.memory._dump_snapshot("out_of_memory.pickle")
