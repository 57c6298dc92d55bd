// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/thread_local_hook.h"

#include <cstdint>
#include <functional>

namespace headroom {

/// The body of a loop in slices, called with the rows begin ... end - 1. The forecast extrapolates a loop
/// from one slice. The body must therefore
/// - free everything it allocates, except what the first slice creates for all (a parameter's gradient),
/// - write its results into buffers allocated before the loop,
/// - do the same operations for every slice of the same size.
using SliceBody = std::function<void(std::int64_t begin, std::int64_t end)>;

/// Runs the loops of the thread that it is installed on.
class SliceObserver {
public:
    virtual ~SliceObserver() = default;

    /// Replaces the calls body(0, size), body(size, 2 * size), ..., the last of which ends at `total`. May
    /// skip calls whose results are not needed. `body` may contain further loops.
    virtual void run(std::int64_t total, std::int64_t size, const SliceBody& body) = 0;
};

using SliceObserverGuard = ThreadLocalHook<SliceObserver>::Guard;

/// Rows per slice if `total` rows are split into at most `slices` (at least 1) slices: total / slices,
/// rounded up.
std::int64_t sliceSize(std::int64_t total, std::int64_t slices);

/// Calls `body` for each slice of `total` rows in order; the last slice may be shorter. Does nothing if there
/// are no rows.
void forEachSlice(std::int64_t total, std::int64_t slices, const SliceBody& body);

} // namespace headroom
