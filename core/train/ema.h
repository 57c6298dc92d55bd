#pragma once

#include "core/weights/safetensors.h"

#include <ATen/core/Tensor.h>

#include <vector>

namespace headroom {

class ParameterSet;

/// Exponential moving average of a model's parameters, begun as a copy of them. One thread at a time.
class Ema {
public:
    Ema(ParameterSet& parameters, double decay);

    /// average = decay * average + (1 - decay) * parameter; left exactly as it was where `nonFinite`
    /// (0-dim float32, 0 or 1) is 1.
    void update(const at::Tensor& nonFinite);

    /// The averages themselves, under the parameters' names.
    TensorMap state() const;

    /// Exchanges averages and parameters, without copying. A second call exchanges them back.
    void swap();

private:
    ParameterSet& parameters_;
    double decay_;
    std::vector<at::Tensor> averages_;
};

} // namespace headroom
