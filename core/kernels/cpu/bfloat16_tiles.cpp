// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cpu/bfloat16_tiles.h"

#include "core/kernels/cpu/vector_code.h"

#include <ATen/cpu/Utils.h>

namespace headroom {

bool hasBfloat16Tiles() {
    static const bool has = [] {
        const auto capabilities = at::cpu::get_cpu_capabilities();
        const auto found = capabilities.find("amx_bf16");
        // Linux enables AMX for a process only on request.
        return found != capabilities.end() && found->second.isBool() && found->second.toBool() &&
               at::cpu::init_amx();
    }();
    return has;
}

HEADROOM_VECTOR_CLONES void convert(const float* from, std::int64_t count, c10::BFloat16* to) {
    auto* bits = reinterpret_cast<std::uint16_t*>(to);
    for (std::int64_t i = 0; i < count; ++i) {
        const auto whole = __builtin_bit_cast(std::uint32_t, from[i]);
        const std::uint32_t rounded = (whole + 0x7fffU + (whole >> 16U & 1U)) >> 16U;
        bits[i] = static_cast<std::uint16_t>(from[i] != from[i] ? 0x7fc0U : rounded); // NaN stays NaN
    }
}

HEADROOM_VECTOR_CLONES void convert(const c10::BFloat16* from, std::int64_t count, float* to) {
    const auto* bits = reinterpret_cast<const std::uint16_t*>(from);
    for (std::int64_t i = 0; i < count; ++i)
        to[i] = __builtin_bit_cast(float, static_cast<std::uint32_t>(bits[i]) << 16U);
}

} // namespace headroom
