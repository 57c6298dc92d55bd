// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/weights/safetensors.h"

#include <ATen/core/Tensor.h>

#include <memory>

namespace headroom {

class ParameterSet;

/// Updates parameters from their gradients. Weight decay applies to all parameters. One thread at a time.
class Optimizer {
public:
    virtual ~Optimizer() = default;

    /// Performs one update. Every parameter must have a gradient, which may be overwritten.
    /// @param nonFinite 0-dim float32 on the device of the parameters, never read on the host. If it is 1
    ///     instead of 0, parameters and state do not change
    virtual void update(double learningRate, const at::Tensor& nonFinite) = 0;

    /// The state that the next update depends on, besides parameters and gradients. Returns the tensors
    /// themselves, so that copying into them restores the state. Names are "step" and "<kind>/<parameter>".
    virtual TensorMap state() const = 0;
};

/// - AdamW: betas 0.9 and 0.999, eps 1e-8, decoupled weight decay.
/// - SGD: momentum without dampening, weight decay added to the gradient.
/// - Adafactor: see Adafactor.
std::unique_ptr<Optimizer> makeOptimizer(const TrainingConfig& config, const ParameterSet& parameters);

} // namespace headroom
