// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/session/rank_place.h"
#include "core/values/events.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace headroom {

/// Receives the events one at a time and in order, on threads of the session. Must not throw or call the
/// session.
using EventSink = std::function<void(const TrainingEvent&)>;

/// A run to start or resume.
struct TrainingRequest {
    RunConfig config = {};
    std::string runFolder = {};
    std::string device = "auto";               ///< "auto", "cpu", "cuda", "cuda:1"
    std::int64_t maxSteps = 0;                 ///< stop after this step of the run; 0: no limit
    bool resume = false;                       ///< resume the run in runFolder
    double maxMinutes = 0;                     ///< stop at the first step after this time; 0: no limit
    std::optional<std::string> startedBy = {}; ///< the user interface: "window", "command line"
    RankPlace place = {};                      ///< of this process among the ranks of the run
    int startRanks = 1; ///< if more than one: processes to start on this machine, which train the run
};

/// A training run on its own thread. Thread-safe; calls return immediately, except stopAndWait() and wait().
/// The events begin with Started and end with exactly one of Finished, Stopped and Failed; a run that cannot
/// start emits only Failed. The destructor calls stopAndWait().
class TrainingSession {
public:
    virtual ~TrainingSession() = default;

    /// Starts the run. Throws Error if one is in progress.
    virtual void start(const TrainingRequest& request, EventSink sink) = 0;
    virtual void pause() = 0;
    virtual void resume() = 0;
    /// Requests the run to save and end after the current step.
    virtual void requestStop() = 0;
    virtual void stopAndWait() = 0;
    /// Requests a checkpoint after the current step.
    virtual void saveNow() = 0;
    /// Changes an option that takes effect at the next step. Throws Error for an unknown key, an invalid
    /// value, an option that needs a restart or a new run, or if no run is in progress.
    virtual void setOption(const std::string& key, const std::string& value) = 0;
    /// Blocks until the run has ended.
    virtual void wait() = 0;
};

} // namespace headroom
