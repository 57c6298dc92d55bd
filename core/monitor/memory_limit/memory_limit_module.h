// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

/// A library of its own, because it needs CUDA's headers and libtorch_cuda, which the programs load only
/// where there is a card.
namespace headroom {

inline constexpr const char* memoryLimitModule = "libheadroom_memory_limit.so"; ///< beside the program

} // namespace headroom

/// The function of the library: the share of a card that LibTorch's allocator may take, 0 to 1. The card must
/// be initialized. Throws LibTorch's exceptions.
extern "C" __attribute__((visibility("default"))) void headroomLimitMemory(int card, double share);
