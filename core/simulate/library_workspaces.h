// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"

#include <cstdint>

namespace headroom {

/// Workspace in bytes that LibTorch 2.11 allocates for the cuBLAS handle of a thread at its first matrix
/// product, unless CUBLAS_WORKSPACE_CONFIG is set.
std::int64_t blasWorkspace(const Card& card);

/// Workspace in bytes for cublasLt, at the first matrix product of a thread with a fused bias.
inline constexpr std::int64_t blasLtWorkspace = std::int64_t{1} << 20;

} // namespace headroom
