# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Creates the seeds of the fuzz targets for weights: small files of each format, from PyTorch and handmade.

usage: make_weights_seeds.py FOLDER        (needs torch)
"""
import collections, json, pathlib, pickle, struct, sys, zipfile
import torch

root = pathlib.Path(sys.argv[1])
for name in ("safetensors", "pickle", "torch_archive"):
    (root / name).mkdir(parents=True, exist_ok=True)


def safetensors(name, header, payload=b""):
    text = header if isinstance(header, bytes) else json.dumps(header, separators=(",", ":")).encode()
    (root / "safetensors" / name).write_bytes(struct.pack("<Q", len(text)) + text + payload)


def entry(dtype, shape, begin, end):
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


safetensors("one", {"a": entry("F32", [2], 0, 8)}, bytes(8))
safetensors("empty", {})
safetensors("metadata", {"__metadata__": {"config": "model: {num_layers: 1}", "license": "MIT"},
                         "layers.0.weight": entry("F16", [1, 2], 0, 4), "b": entry("BOOL", [1], 4, 5)}, b"\0<\0<\1")
safetensors("types", {t: entry(t, [1], p, p + w) for t, p, w in
                      [("F64", 0, 8), ("I64", 8, 8), ("I32", 16, 4), ("BF16", 20, 2), ("I16", 22, 2), ("I8", 24, 1),
                       ("U8", 25, 1)]}, bytes(26))
safetensors("scalar_and_none", {"s": entry("F32", [], 0, 4), "e": entry("F32", [2, 0], 4, 4)}, bytes(4))
safetensors("checksum", {"__metadata__": {"xxh3_64": "0123456789abcdef"}, "a": entry("U8", [1], 0, 1)}, b"x")
safetensors("checksum_of_tensors", {"__metadata__": {"tensors_xxh3_64": "0123456789abcdef"},
                                    "a": entry("U8", [1], 0, 1)}, b"x")
safetensors("nested", b'{"a":{"dtype":[[[]]]}}')
safetensors("twice", b'{"a":1,"a":2}')

shared = torch.arange(6.0)
archives = {
    "state_dict.pt": {"layers.0.weight": torch.zeros(2, 3), "final_norm.gamma": torch.ones(2)},
    "views.pt": {"a": shared.view(2, 3).t(), "b": shared[2:4], "half": torch.ones(2, dtype=torch.bfloat16)},
    "sets.ckpt": {"ema": {"model.a": torch.ones(2)}, "model": {"model.a": torch.zeros(2)}, "epoch": 3,
                  "optimizer": {"state": {0: {"step": torch.tensor(1.0)}}, "param_groups": [{"lr": 1e-4}]}},
    "parameter.ckpt": {"state_dict": collections.OrderedDict(
        {"module.a": torch.nn.Parameter(torch.zeros(1)), "module.flag": torch.tensor([True])})},
    "lightning.ckpt": {"state_dict": {"model.a": torch.zeros(1)}, "hyper_parameters": {
        "model": {"dim": 64, "rate": 1e-4, "name": 'a "b"\n', "flag": True, "none": None, "list": [1, (2, 3), []]}}},
}
for name, content in archives.items():
    path = root / "torch_archive" / name
    torch.save(content, path)
    with zipfile.ZipFile(path) as archive:
        entry_name = next(n for n in archive.namelist() if n.endswith("/data.pkl"))
        (root / "pickle" / (path.stem + ".pkl")).write_bytes(archive.read(entry_name))
for protocol in range(2, 6):
    torch.save({"a": torch.zeros(3)}, root / "torch_archive" / f"protocol{protocol}.pt", pickle_protocol=protocol)
    value = {"n": None, "t": (1, 2, 3, 4), "l": [True, -1, 300, 70000, 1 << 40, 1 << 70, 1.5], "b": b"bytes",
             "s": {1, 2}, "d": collections.OrderedDict(a="ü"), "deep": [[[]]]}
    value["l"].append(value)
    (root / "pickle" / f"protocol{protocol}.pkl").write_bytes(pickle.dumps(value, protocol))
(root / "pickle" / "harm.pkl").write_bytes(b"\x80\x02cos\nsystem\nX\x04\0\0\0true\x85R.")
with zipfile.ZipFile(root / "torch_archive" / "compressed.pt", "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("archive/data.pkl", pickle.dumps({}, 2) + bytes(200))
(root / "torch_archive" / "not_a_zip").write_bytes(b"PK\3\4")
