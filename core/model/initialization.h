// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/model/adapted_weight.h"
#include "core/model/parameters.h"

#include <ATen/core/Generator.h>

#include <functional>

namespace headroom {

class Adapters;

/// Creates parameters with the initial distributions of the official code. Values are always drawn in float32
/// on the CPU, so that a seed gives the same model on every device. On Meta, no values are drawn.
class Initialization {
public:
    /// @param adapters makes the adapters of linear(); null: there are none
    Initialization(ParameterSet& parameters, at::Device device, at::ScalarType dtype, std::uint64_t seed,
                   Adapters* adapters = nullptr);

    at::Tensor constant(const std::string& name, at::IntArrayRef shape, double value);
    at::Tensor uniform(const std::string& name, at::IntArrayRef shape, double low, double high);
    /// PyTorch's default for linear and convolution layers: uniform in +-1 / sqrt(fanIn).
    at::Tensor fanIn(const std::string& name, at::IntArrayRef shape, std::int64_t fanIn);
    /// A weight matrix with the values of fanIn(), which can have an adapter.
    /// @param name ends with ".weight"
    AdaptedWeight linear(const std::string& name, at::IntArrayRef shape, std::int64_t fanIn);
    /// softplus^-1(t) with t log-uniform in [low, high]: the initial time steps of Mamba-2.
    at::Tensor timeStepBias(const std::string& name, std::int64_t heads, double low, double high);
    /// log(a) with a uniform in [low, high]: the initial decay rates of Mamba-2.
    at::Tensor logUniform(const std::string& name, std::int64_t heads, double low, double high);

private:
    at::Tensor make(const std::string& name, at::IntArrayRef shape,
                    const std::function<at::Tensor(const at::Tensor&)>& fill);

    ParameterSet& parameters_;
    at::Device device_;
    at::ScalarType dtype_;
    at::Generator generator_;
    Adapters* adapters_;
};

} // namespace headroom
