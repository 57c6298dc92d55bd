"""Writes optimizers.safetensors: four parameters after six updates by each optimizer of torch.optim (2.11.0).

Adafactor is run on the shapes without their dimensions of size 1, as Headroom factors them.
"""
import pathlib
import sys

import torch

here = pathlib.Path(__file__).parent
sys.path.insert(0, str(here.parent))
import safetensors_files

RATES = [1e-3, 2e-3, 0.7, 0.5, 1e-3, 1e-2]
SHAPES = {"matrix": (6, 5), "vector": (7,), "pointwise": (4, 3, 1), "depthwise": (5, 1, 4)}
OPTIMIZERS = {
    "adamw": lambda p: torch.optim.AdamW(p, lr=1, weight_decay=0.01),
    "sgd": lambda p: torch.optim.SGD(p, lr=1, momentum=0.9, weight_decay=0.01),
    "sgd_plain": lambda p: torch.optim.SGD(p, lr=1, weight_decay=0.01),
    "adafactor": lambda p: torch.optim.Adafactor(p, lr=1, weight_decay=0.01),
}

torch.manual_seed(17)
start = {name: torch.randn(shape, dtype=torch.float64) for name, shape in SHAPES.items()}
start["vector"] *= 1e-5  # smaller than Adafactor's least scale
gradients = {name: torch.randn((len(RATES), *shape), dtype=torch.float64) for name, shape in SHAPES.items()}
for gradient in gradients.values():
    gradient *= torch.tensor([1.0, 30.0, 0.01, 1.0, 0.0, 2.0], dtype=torch.float64).view(-1, *[1] * (gradient.dim() - 1))

tensors = {"rates": torch.tensor(RATES, dtype=torch.float64)}
for name in SHAPES:
    tensors[f"start/{name}"] = start[name]
    tensors[f"gradients/{name}"] = gradients[name]
for kind, make in OPTIMIZERS.items():
    def form(tensor):
        return tensor.squeeze() if kind == "adafactor" else tensor
    parameters = {name: torch.nn.Parameter(form(start[name].clone())) for name in SHAPES}
    optimizer = make(list(parameters.values()))
    for update, rate in enumerate(RATES):
        for group in optimizer.param_groups:
            group["lr"] = rate
        for name, parameter in parameters.items():
            parameter.grad = form(gradients[name][update].clone())
        optimizer.step()
    for name, parameter in parameters.items():
        tensors[f"{kind}/{name}"] = parameter.detach().reshape(SHAPES[name])
safetensors_files.save(tensors, here / "optimizers.safetensors")
