#pragma once

#include <ATen/core/ivalue.h>
#include <ATen/record_function.h>
#include <c10/util/ArrayRef.h>

#include <cstdint>
#include <vector>

namespace headroom {

class ShadowDevice;

/// What one call of an operator does on a card besides what its Meta kernel does: memory that it needs for
/// itself, libraries that it uses, work.
struct OperatorEffect : at::ObserverContext {
    std::vector<std::int64_t> before = {}; ///< bytes taken before the result is made and kept to the end
    std::vector<std::int64_t> after = {};  ///< bytes taken, in turn, once the result is made; freed together
    bool blas = false;
    bool blasLt = false;
    double flops = 0;
};

/// Fills in the effect of a call from its arguments.
using EffectRule = void (*)(const ShadowDevice& device, c10::ArrayRef<const c10::IValue> arguments,
                            OperatorEffect& effect);

/// The rule for an operator, "aten::mm"; null where its Meta kernel tells all.
EffectRule effectRule(const char* name);

} // namespace headroom
