// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <c10/core/Device.h>

namespace headroom {

/// Returns the unused memory in the allocator's cache to the device. A run does this between its phases, so
/// that no phase inherits segments that fit another one: its memory depends on what is allocated, not on what
/// ran before. On the CPU it does nothing; on Meta it is recorded by the simulated device.
void releaseCache(c10::Device device);

} // namespace headroom
