// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>

/// What fake_order.cpp is told by the rest of the fake runtime.
namespace fake {

/// @param kind a cudaMemcpyKind
void noteCopy(void* target, const void* source, std::size_t size, int kind, const void* stream);

/// @param size negative if the block is freed
void noteAllocation(const void* pointer, std::int64_t size);

} // namespace fake
