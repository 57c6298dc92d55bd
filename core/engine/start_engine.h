// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace headroom {

/// Loads LibTorch's part for cards if there is a driver, installs the counting allocator for CPU tensors, and
/// sets the precision of sums on cards. Call it once at program start, before any thread creates tensors.
/// Without it, the first run installs the allocator, and tensors of other threads may be missed.
void startEngine();

} // namespace headroom
