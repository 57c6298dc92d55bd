// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/thread_local_hook.h"

namespace headroom {

/// RAII: while it exists, its thread repeats forward operations in a backward pass, and the forecast counts
/// their cost as that of recomputation.
class Recomputation {
public:
    Recomputation() : guard_(*this) {}

    static bool isRunning() { return ThreadLocalHook<Recomputation>::current() != nullptr; }

private:
    ThreadLocalHook<Recomputation>::Guard guard_;
};

} // namespace headroom
