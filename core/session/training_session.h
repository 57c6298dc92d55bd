#pragma once

#include "core/config/run_config.h"
#include "core/values/events.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace headroom {

/// Takes each event, one at a time and in order, on threads of the session. Must neither throw nor call back
/// into the session.
using EventSink = std::function<void(const TrainingEvent&)>;

/// What a run is to do.
struct TrainingRequest {
    RunConfig config = {};
    std::string runFolder = {};
    std::string device = "auto";               ///< "auto", "cpu", "cuda", "cuda:1"
    std::int64_t maxSteps = 0;                 ///< stop after this many steps of the whole run; 0: no limit
    bool resume = false;                       ///< carry on the run in runFolder
    double maxMinutes = 0;                     ///< end at the first step after this long; 0: no limit
    std::optional<std::string> startedBy = {}; ///< what the user starts it from: "window", "command line"
};

/// One training run on a thread of its own. Every call returns at once (except stopAndWait), from any thread.
/// The events begin with Started and end with exactly one of Finished, Stopped and Failed; a run that cannot
/// begin says Failed alone.
/// Destruction is stopAndWait().
class TrainingSession {
public:
    virtual ~TrainingSession() = default;

    /// Begins the run; throws Error when one is under way.
    virtual void start(const TrainingRequest& request, EventSink sink) = 0;
    virtual void pause() = 0;
    virtual void resume() = 0;
    /// Asks the run to save and end after the step in progress.
    virtual void requestStop() = 0;
    virtual void stopAndWait() = 0;
    /// Asks for a checkpoint after the step in progress.
    virtual void saveNow() = 0;
    /// Changes a knob that takes effect at the next step; throws Error for an unknown key, a bad value or a
    /// knob that needs a new run.
    virtual void setOption(const std::string& key, const std::string& value) = 0;
    /// Blocks until the run has ended.
    virtual void wait() = 0;
};

} // namespace headroom
