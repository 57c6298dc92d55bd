// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/error.h"
#include "core/values/overfit_result.h"

#include <cstdint>
#include <functional>
#include <variant>

namespace headroom {

/// The scores of a sanity minute in progress.
struct OverfitAdvanced {
    std::uint64_t number = 0;
    OverfitProgress progress = {};
};

/// It has ended: the goal was reached, the steps or the time are over, or it was canceled.
struct OverfitEnded {
    std::uint64_t number = 0;
    OverfitResult result = {};
};

/// It could not start or continue: an invalid configuration, an unusable data set, or no memory.
struct OverfitFailed {
    std::uint64_t number = 0;
    Error error;
};

using OverfitEvent = std::variant<OverfitAdvanced, OverfitEnded, OverfitFailed>;

/// Lets models memorize one segment; writes nothing to disk. Thread-safe; calls return immediately.
/// Events arrive on the worker thread. The destructor stops and joins; no event arrives after it.
class OverfitService {
public:
    virtual ~OverfitService() = default;

    /// Ends with an OverfitEnded or an OverfitFailed.
    virtual void start(std::uint64_t number, const OverfitRequest& request,
                       std::function<void(const OverfitEvent&)> sink) = 0;

    /// Ends after the current step, with the result so far.
    virtual void cancel(std::uint64_t number) = 0;
};

} // namespace headroom
