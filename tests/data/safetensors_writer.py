"""Writes safetensors files without the package of that name, for the scripts that make test data."""
import json
import struct

import torch

DTYPES = {torch.float64: "F64", torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16",
          torch.int64: "I64", torch.int32: "I32", torch.uint8: "U8", torch.bool: "BOOL"}


def save(tensors, path):
    header, payload = {}, b""
    for name, tensor in sorted(tensors.items()):
        data = tensor.detach().contiguous().view(torch.uint8 if tensor.dim() else tensor.dtype)
        data = bytes(data.flatten().view(torch.uint8).tolist())
        header[name] = {"dtype": DTYPES[tensor.dtype], "shape": list(tensor.shape),
                        "data_offsets": [len(payload), len(payload) + len(data)]}
        payload += data
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + payload)
