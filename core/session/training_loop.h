#pragma once

#include "core/session/run_control.h"
#include "core/session/training_session.h"
#include "core/support/error.h"

#include <string>
#include <variant>

namespace headroom {

/// How a run ends that does not fail.
using RunEnd = std::variant<Finished, Stopped>;

/// Thrown by a loop that ends because the loss or the gradients are not finite; Failed names it "diverged".
class DivergedError : public Error {
public:
    explicit DivergedError(const std::string& what, std::string where = {}, std::string remedy = {})
        : Error(ErrorKind::Failure, what, std::move(where), std::move(remedy)) {}
};

/// The body of a training run, free of threads: whoever calls run() lends it theirs. TrainingThread runs it
/// on a thread of its own and tells how it ended.
class TrainingLoop {
public:
    virtual ~TrainingLoop() = default;

    /// Runs to the end of the request, or until `control` asks for a stop, polled between steps.
    /// Emits Started first, and neither Finished, Stopped nor Failed: the caller makes those of what this
    /// returns or throws.
    /// @throws Error for what the user can mend, DivergedError, or anything else
    virtual RunEnd run(const TrainingRequest& request, RunControl& control, const EventSink& sink) = 0;

    /// Says the last event of the run, on the thread of run() and after it: a loop that keeps what it says
    /// keeps this too, and then lets go of what it held for the run. Must not throw.
    virtual void emitEnd(const TrainingEvent& end, const EventSink& sink) { sink(end); }
};

} // namespace headroom
