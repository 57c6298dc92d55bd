#pragma once

#include "core/config/run_config.h"
#include "core/weights/safetensors.h"

#include <ATen/core/Tensor.h>

#include <memory>

namespace headroom {

class ParameterSet;

/// Changes parameters by their gradients. Weight decay acts on every parameter. One thread at a time.
class Optimizer {
public:
    virtual ~Optimizer() = default;

    /// One update; every parameter has a gradient, which may be overwritten.
    /// @param nonFinite 0-dim float32 on the parameters' device; where it is 1 instead of 0, parameters and
    ///                  state stay exactly as they were. It is not read on the host.
    virtual void update(double learningRate, const at::Tensor& nonFinite) = 0;

    /// Everything that the next update depends on besides parameters and gradients: the tensors themselves,
    /// so that copying into them restores it. Names are "step" and "<kind>/<parameter>".
    virtual TensorMap state() const = 0;
};

/// - AdamW: betas 0.9 and 0.999, eps 1e-8, decoupled weight decay.
/// - SGD: momentum without dampening, weight decay added to the gradient.
/// - Adafactor: see Adafactor.
std::unique_ptr<Optimizer> makeOptimizer(const TrainingConfig& config, const ParameterSet& parameters);

} // namespace headroom
