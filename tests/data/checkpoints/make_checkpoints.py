"""Writes checkpoints like those of other programs with torch.save (PyTorch 2.11.0), for the tests of import.

lightning.ckpt   what a training framework saves: the weights of golden/model_d16x1_heads8_batch2, in bfloat16, under
                 "model." in a "state_dict", without final_norm.gamma and with two tensors more, among objects of classes that
                 exist nowhere else, optimizer states, numpy scalars, sets, big numbers and a circle
zoo.pt           tensors of every type and layout, protocol 2; zoo.safetensors has their values
zoo_protocol5.pt the same by protocol 5
float8.pt        a tensor of a type that is not read
"""
import collections
import pathlib
import sys
import types

import numpy
import torch

here = pathlib.Path(__file__).parent
sys.path.insert(0, str(here.parent))
import safetensors_files

# Classes of a program that the reader does not have, one of them with a state that would do harm if it were set.
foreign = types.ModuleType("foreign_trainer")
sys.modules["foreign_trainer"] = foreign
exec("""
class Settings(dict):
    pass

class Schedule:
    def __init__(self):
        self.rates = [0.1, 0.2]
        self.tensor_inside = __import__("torch").ones(3)

class Harmful:
    def __reduce__(self):
        import os
        return os.system, ("touch harm-was-done",)
""", foreign.__dict__)


def lightning():
    parameters = {name.removeprefix("param/"): tensor.bfloat16() for name, tensor in
                  safetensors_files.load(here.parent / "golden/model_d16x1_heads8_batch2.safetensors").items()
                  if name.startswith("param/")}
    weights = collections.OrderedDict(("model." + name, tensor) for name, tensor in parameters.items()
                                      if name != "final_norm.gamma")
    weights["model.ema_decay"] = torch.tensor(0.999)
    weights["loss.window"] = torch.hann_window(8)
    weights._metadata = {"": {"version": 1}}
    circle = {"name": "circle"}
    circle["itself"] = circle
    settings = foreign.Settings(lr=5e-4, schedule=foreign.Schedule(), harmful=foreign.Harmful())
    moment = torch.zeros(3)
    return {
        "epoch": 41,
        "global_step": 2**70,
        "pytorch-lightning_version": "2.1.0",
        "best": numpy.float64(11.03),
        "count": numpy.int64(-3),
        "array": numpy.arange(4, dtype=numpy.float32),
        "callbacks": {"ModelCheckpoint{'monitor': 'val'}": {"best_model_path": "/a/b", "best_k_models": {}}},
        "optimizer_states": [{"state": {0: {"step": torch.tensor(7.0), "exp_avg": moment}},
                              "param_groups": [{"lr": 5e-4, "betas": (0.9, 0.999), "params": [0]}]}],
        "lr_schedulers": [foreign.Schedule()],
        "hyper_parameters": settings,
        "things": [torch.device("cpu"), torch.float16, {1, 2}, frozenset({3}), b"\xff\x00", slice(1, 2), circle,
                   None, True, False, -5, 300, 70000, -(2**40), 1.5, complex(1, 2), "보컬"],
        "hparams_name": "kwargs",
        "state_dict": weights,
    }


def zoo():
    torch.manual_seed(3)
    base = torch.arange(60, dtype=torch.float32)
    tensors = {
        "transposed": base[:12].view(3, 4).t(),
        "offset": base[7:19].view(3, 4),
        "every other": base[::2],
        "scalar": torch.tensor(2.5),
        "empty": torch.empty(0, 5),
        "parameter": torch.nn.Parameter(torch.randn(4, 2)),
        "buffer": torch.randn(2, 3).requires_grad_(False),
    }
    for dtype in safetensors_files.NAMES:
        tensors[f"of {dtype}"] = (torch.rand(2, 3) * 2).to(dtype)
    return tensors


torch.save(lightning(), here / "lightning.ckpt")
torch.save(zoo(), here / "zoo.pt")
torch.save(zoo(), here / "zoo_protocol5.pt", pickle_protocol=5)
safetensors_files.save({name: tensor.detach() for name, tensor in zoo().items()}, here / "zoo.safetensors")
torch.save({"layer.weight": torch.zeros(3).to(torch.float8_e4m3fn)}, here / "float8.pt")
