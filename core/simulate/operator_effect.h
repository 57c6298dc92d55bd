#pragma once

#include <ATen/core/ivalue.h>
#include <ATen/record_function.h>
#include <c10/util/ArrayRef.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace headroom {

class SimulatedDevice;

/// What one call of an operator does on a card besides what its Meta kernel does.
struct OperatorEffect : at::ObserverContext {
    /// Bytes that its kernels take for themselves once the result is made: those of one kernel are freed,
    /// the last first, before the next begins.
    std::vector<std::vector<std::int64_t>> scratch = {};
    bool blas = false;
    bool blasLt = false;
    double flops = 0;
    bool half = false; ///< the product is of numbers of half width
};

/// Fills in the effect of a call from its arguments.
using EffectRule = void (*)(const SimulatedDevice& device, c10::ArrayRef<const c10::IValue> arguments,
                            OperatorEffect& effect);

/// The rule for an operator, "aten::sum" with its overload "dim_IntList"; null where its Meta kernel tells
/// all.
EffectRule effectRule(std::string_view name, std::string_view overload);

} // namespace headroom
