// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/run_control.h"
#include "core/session/training_session.h"
#include "core/support/error.h"

#include <string>
#include <variant>

namespace headroom {

/// The end of a run that did not fail.
using RunEnd = std::variant<Finished, Stopped>;

/// Thrown by a loop that ends because the loss or the gradients are not finite; reported as Failed with the
/// category "diverged".
class DivergedError : public Error {
public:
    explicit DivergedError(const std::string& what, std::string where = {}, std::string remedy = {})
        : Error(ErrorKind::Failure, what, std::move(where), std::move(remedy)) {}
};

/// A training run without its own thread; run() executes on the caller's thread. TrainingThread runs it on a
/// new thread and emits the final event.
class TrainingLoop {
public:
    virtual ~TrainingLoop() = default;

    /// Runs to the end of the request or until `control` requests a stop, which it polls between steps. Emits
    /// Started first but not Finished, Stopped or Failed: the caller derives these from the result or the
    /// exception.
    /// @throws Error for what the user can fix, DivergedError, or any other exception
    virtual RunEnd run(const TrainingRequest& request, RunControl& control, const EventSink& sink) = 0;

    /// Emits the final event of the run, on the thread of run() after it has returned. A loop that records
    /// its events records this one too and then releases the resources of the run. Must not throw.
    virtual void emitEnd(const TrainingEvent& end, const EventSink& sink) { sink(end); }
};

} // namespace headroom
