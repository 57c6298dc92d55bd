// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/initialization.h"

#include "core/model/adapters.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <cmath>

namespace headroom {

Initialization::Initialization(ParameterSet& parameters, at::Device device, at::ScalarType dtype,
                               std::uint64_t seed, Adapters* adapters)
    : parameters_(parameters), device_(device), dtype_(dtype),
      generator_(at::detail::createCPUGenerator(seed)), adapters_(adapters) {}

at::Tensor Initialization::make(const std::string& name, at::IntArrayRef shape,
                                const std::function<at::Tensor(const at::Tensor&)>& fill) {
    const at::Tensor value = at::empty(shape, at::TensorOptions().device(device_).dtype(dtype_));
    if (!device_.is_meta())
        value.copy_(fill(at::empty(shape, at::kFloat)));
    return parameters_.add(name, value);
}

at::Tensor Initialization::constant(const std::string& name, at::IntArrayRef shape, double value) {
    return make(name, shape, [&](const at::Tensor& drawn) { return drawn.fill_(value); });
}

at::Tensor Initialization::uniform(const std::string& name, at::IntArrayRef shape, double low, double high) {
    return make(name, shape, [&](const at::Tensor& drawn) { return drawn.uniform_(low, high, generator_); });
}

at::Tensor Initialization::fanIn(const std::string& name, at::IntArrayRef shape, std::int64_t fanIn) {
    const double bound = 1 / std::sqrt(static_cast<double>(fanIn));
    return uniform(name, shape, -bound, bound);
}

AdaptedWeight Initialization::linear(const std::string& name, at::IntArrayRef shape, std::int64_t fanIn) {
    const at::Tensor weight = this->fanIn(name, shape, fanIn);
    return adapters_ == nullptr ? AdaptedWeight(weight) : adapters_->adapt(name, weight);
}

at::Tensor Initialization::timeStepBias(const std::string& name, std::int64_t heads, double low,
                                        double high) {
    return make(name, {heads}, [&](const at::Tensor& drawn) {
        const at::Tensor step = drawn.uniform_(std::log(low), std::log(high), generator_).exp_();
        return step + at::log(-at::expm1(-step));
    });
}

at::Tensor Initialization::logUniform(const std::string& name, std::int64_t heads, double low, double high) {
    return make(name, {heads},
                [&](const at::Tensor& drawn) { return drawn.uniform_(low, high, generator_).log_(); });
}

} // namespace headroom
