// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/ivalue.h>
#include <ATen/record_function.h>
#include <c10/util/ArrayRef.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace headroom {

class SimulatedDevice;

/// The effects of one operator call on a card that its Meta kernel does not have.
struct OperatorEffect : at::ObserverContext {
    /// Scratch allocations of each kernel in bytes, made after the result is allocated. Each kernel frees its
    /// own in reverse order before the next kernel starts.
    std::vector<std::vector<std::int64_t>> scratch = {};
    bool blas = false;   ///< uses cuBLAS
    bool blasLt = false; ///< uses cublasLt
    double flops = 0;
    bool bf16 = false; ///< the flops are in bfloat16
};

/// Sets the effect of a call from its arguments.
using EffectRule = void (*)(const SimulatedDevice& device, c10::ArrayRef<const c10::IValue> arguments,
                            OperatorEffect& effect);

/// The rule for an operator, such as "aten::sum" with overload "dim_IntList"; null if it has no such effects.
EffectRule effectRule(std::string_view name, std::string_view overload);

} // namespace headroom
