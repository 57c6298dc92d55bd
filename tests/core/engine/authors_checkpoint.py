# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a checkpoint like those of BSMamba2's published code: weights under "model.", their moving average without names in
the state of the optimizer, and the configuration in classes of OmegaConf, reduced to what a pickle contains.

    authors_checkpoint.py STATE_DICT OUTPUT DIM
"""
import sys
import types

import torch

source, output, dim = sys.argv[1:]
modules = {name: types.ModuleType(name) for name in ("omegaconf", "omegaconf.dictconfig", "omegaconf.listconfig", "omegaconf.nodes")}
sys.modules.update(modules)


def class_of(module, name):
    made = type(name, (), {"__module__": module})
    setattr(modules[module], name, made)
    return made


DictConfig = class_of("omegaconf.dictconfig", "DictConfig")
ListConfig = class_of("omegaconf.listconfig", "ListConfig")
AnyNode = class_of("omegaconf.nodes", "AnyNode")


def wrapped(value, parent=None):
    made = DictConfig() if isinstance(value, dict) else ListConfig() if isinstance(value, list) else AnyNode()
    made._metadata = {"ref_type": object, "flags": {}}
    made._parent = parent
    made._flags_cache = None
    if isinstance(value, dict):
        made._content = {key: wrapped(inner, made) for key, inner in value.items()}
    elif isinstance(value, list):
        made._content = [wrapped(inner, made) for inner in value]
    else:
        made._val = value
    return made


weights = {"model." + name: tensor for name, tensor in torch.load(source, weights_only=True).items()}
average = tuple(2 * tensor for tensor in weights.values())
weights["featurizer.window"] = torch.hann_window(8)
parameters = wrapped({
    "model": {"dim": int(dim), "depth": 1, "stereo": True, "mask_estimator_depth": 2, "module_type": "mamba2", "mamba_gmlp": False},
    "featurizer": {
        "direct_transform": {"n_fft": 2048, "win_length": 2048, "hop_length": 441},
        "multi_win_length": [1024, 512],
        "multi_transform": {"hop_length": 147},
    },
    "train_dataset": {"target": ["vocals"], "instruments": ["bass", "vocals"], "num_steps": 600, "silent_prob": 0.125},
    "train_loader": {"batch_size": 5},
    "opt": {"_target_": "torch.optim.AdamW", "lr": 2.5e-4},
    "copy": "${opt.lr}",
    "nothing": None,
})
torch.save({
    "epoch": 3,
    "state_dict": weights,
    "optimizer_states": [{"opt": {"state": {}, "param_groups": []}, "ema": average, "decay": 0.999}],
    "hparams_name": "kwargs",
    "hyper_parameters": parameters,
}, output)
