# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a memory snapshot with PyTorch's own tools, and checks that its trace leads to the state at its end.

    read_snapshot.py SNAPSHOT

Prints as JSON: the peaks of allocated and reserved memory, the number of entries, and the frames of the first block.
"""
import json
import pickle
import sys

from torch.cuda import _memory_viz

with open(sys.argv[1], "rb") as file:
    snapshot = pickle.load(file)
for tool in (_memory_viz.segsum, _memory_viz.trace, _memory_viz.segment_plot, _memory_viz.trace_plot):
    assert tool(snapshot)
for tool in (_memory_viz.segments, _memory_viz.memory):
    tool(snapshot, format_flamegraph=lambda lines: lines)

(trace,) = snapshot["device_traces"]
live, segments, peak, reserved_peak = {}, {}, 0, 0
for entry in trace:
    action, address, size = entry["action"], entry["addr"], entry["size"]
    if action == "alloc":
        assert address not in live
        live[address] = size
        inside = any(begin <= address and address + size <= begin + length for begin, length in segments.items())
        assert inside, f"{address} is outside of all segments"
    elif action == "free_completed":
        assert live.pop(address) == size
    elif action in ("segment_alloc", "segment_map"):
        # Viewers join the neighboring pages of an expandable segment, and so does this.
        before = next((a for a, length in segments.items() if a + length == address), None)
        begin = address if before is None or action == "segment_alloc" else before
        segments[begin] = segments.get(begin, 0) + size
        after = begin + segments[begin]
        if action == "segment_map" and after in segments:
            segments[begin] += segments.pop(after)
    elif action == "segment_free":
        assert segments.pop(address) == size
    elif action == "segment_unmap":
        begin = next(a for a, length in segments.items() if a <= address and address + size <= a + length)
        length = segments.pop(begin)
        if begin < address:
            segments[begin] = address - begin
        if address + size < begin + length:
            segments[address + size] = begin + length - address - size
    else:
        assert action == "free_requested", action
    peak = max(peak, sum(live.values()))
    reserved_peak = max(reserved_peak, sum(segments.values()))

assert {s["address"]: s["total_size"] for s in snapshot["segments"]} == segments
blocks = {}
for segment in snapshot["segments"]:
    address = segment["address"]
    for block in segment["blocks"]:
        assert block["address"] == address
        address += block["size"]
        if block["state"] == "active_allocated":
            blocks[block["address"]] = block["requested_size"]
    assert address == segment["address"] + segment["total_size"]
assert blocks == live
frames = next(entry["frames"] for entry in trace if entry["action"] == "alloc")
print(json.dumps({"requested": peak, "reserved": reserved_peak, "entries": len(trace), "frames": frames}))
