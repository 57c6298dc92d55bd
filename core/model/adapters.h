// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/model/adapted_weight.h"
#include "core/model/initialization.h"
#include "core/model/parameters.h"
#include "core/weights/safetensors.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headroom {

/// Which weight matrices get adapters.
struct AdapterOptions {
    std::int64_t rank = 0;           ///< 0: none
    std::vector<std::string> frozen; ///< prefixes of weights that get no adapter, see hasPrefix()
};

/// The adapters of a model: for a weight matrix "<layer>.weight" the parameters "<layer>.lora_A" and
/// "<layer>.lora_B", whose product is added to it. The rank of a matrix is at most its smaller dimension. The
/// factor of the product is 1 (alpha = rank).
class Adapters {
public:
    /// @param seed of A, which has PyTorch's initial values of a linear layer. B starts at 0, so that the
    ///     model does not change until the first update
    Adapters(AdapterOptions options, at::Device device, at::ScalarType dtype, std::uint64_t seed);
    Adapters(const Adapters&) = delete;
    Adapters& operator=(const Adapters&) = delete;

    /// The weight with an adapter, if it gets one.
    /// @param name "<layer>.weight"
    /// @param weight [out, in], or [out, in, 1]
    AdaptedWeight adapt(const std::string& name, const at::Tensor& weight);

    ParameterSet& parameters() { return parameters_; }
    const ParameterSet& parameters() const { return parameters_; }

private:
    AdapterOptions options_;
    ParameterSet parameters_;
    Initialization init_;
};

/// Weights of a model without adapters that computes the same.
/// @param weights by name, of any device
/// @param adapters Adapters::parameters() or copies of them
/// @return `weights` with the sums in their place, which are on the CPU
TensorMap mergedWeights(TensorMap weights, const TensorMap& adapters);

} // namespace headroom
