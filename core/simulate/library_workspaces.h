#pragma once

#include "core/values/forecast.h"

#include <cstdint>

namespace headroom {

/// Bytes that LibTorch 2.11 gives to each cuBLAS handle of a thread at its first product, unless
/// CUBLAS_WORKSPACE_CONFIG says otherwise.
std::int64_t blasWorkspace(const Card& card);

/// Bytes for cublasLt, at a thread's first product with a fused bias.
inline constexpr std::int64_t blasLtWorkspace = std::int64_t{1} << 20;

} // namespace headroom
