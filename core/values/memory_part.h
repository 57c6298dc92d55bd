// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>
#include <cstddef>

namespace headroom {

/// The purpose of device memory, in the stacking order of graphs.
enum class MemoryPart {
    Workspaces, ///< of cuBLAS and other libraries
    Parameters,
    Ema,
    Gradients,
    OptimizerState,
    Batch,            ///< mixture and targets
    SavedActivations, ///< kept from forward for backward
    Temporaries,
};

inline constexpr std::size_t memoryParts = 8;

inline constexpr std::array<MemoryPart, memoryParts> allMemoryParts = {
    MemoryPart::Workspaces,       MemoryPart::Parameters,     MemoryPart::Ema,
    MemoryPart::Gradients,        MemoryPart::OptimizerState, MemoryPart::Batch,
    MemoryPart::SavedActivations, MemoryPart::Temporaries,
};

/// "workspaces", "parameters", "ema", "gradients", "optimizer_state", "batch", "saved_activations",
/// "temporaries".
const char* memoryPartName(MemoryPart part);

} // namespace headroom
