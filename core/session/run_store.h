// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/values/event_json.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace headroom {

/// The state of a run folder.
enum class RunState {
    NotStarted, ///< has a configuration but no events yet
    Running,    ///< a program is writing to it
    Finished,
    Stopped,
    Failed,
    Interrupted, ///< no final event was written (killed, power loss)
};

/// A summary of a run, read from its files.
struct RunSummary {
    std::string folder = {};
    std::string problem = {};             ///< why it could not be read; empty if it was
    std::optional<RunConfig> config = {}; ///< of its last start
    RunState state = RunState::NotStarted;
    std::optional<EventTime> startTime = {}; ///< time of its first start
    std::string startedBy = {};              ///< see TrainingRequest::startedBy; empty if not recorded
    std::string device = {};                 ///< "cuda:0"
    std::string version = {};                ///< of the program that last wrote to it
    std::string failure = {};                ///< message of its last failure
    std::int64_t step = 0;
    std::int64_t totalSteps = 0;
    int epoch = 0;                   ///< of the last step
    std::optional<double> cSdr = {}; ///< of its best validation, dB; mean over the targets
    std::optional<double> uSdr = {}; ///< of the same validation
    std::int64_t peakReserved = 0;   ///< bytes, maximum over all steps
    double stepsPerSecond = 0;       ///< mean over its last steps; 0 before the first

    bool operator==(const RunSummary&) const = default;
};

struct RunList {
    std::uint64_t number = 0;
    std::vector<RunSummary> runs = {}; ///< newest first
    bool complete = true;              ///< false: more are being read and another answer follows
};

/// A part of the journal of a run.
struct RunPiece {
    std::uint64_t number = 0;
    std::vector<TimedEvent> events = {};
    std::uint64_t end = 0;    ///< bytes of the journal read so far, where the next read starts
    std::uint64_t size = 0;   ///< bytes of the journal at the start of the read
    bool fromStart = false;   ///< the first piece: discard what was read of the run before
    bool last = false;        ///< the last piece of this read; only this one has the fields below
    std::string problem = {}; ///< why the rest could not be read; empty if it was
    std::string writer = {};  ///< the program writing to the run: "process 14328 on workshop"; or empty
    std::optional<std::int64_t> checkpoint = {}; ///< step of the newest checkpoint
};

/// Reads run folders in the background and never writes to them. Thread-safe; calls return immediately.
/// Answers arrive on the worker thread with the number of their request. The destructor joins; no answer
/// arrives after it.
class RunStore {
public:
    virtual ~RunStore() = default;

    /// Lists the runs among these folders and their subfolders. Long journals take seconds the first time;
    /// several answers arrive then, of which the last is complete.
    virtual void list(std::uint64_t number, std::vector<std::string> folders,
                      std::function<void(const RunList&)> answer) = 0;

    /// Reads the events of a run from byte `from` of its journal, in order and in pieces. Skips a torn last
    /// line. A journal shorter than `from` has been replaced and is read from its start.
    /// @param from 0, or `end` of an earlier piece
    virtual void read(std::uint64_t number, const std::string& folder, std::uint64_t from,
                      std::function<void(const RunPiece&)> answer) = 0;

    /// Cancels the reads and listings with this number. One more piece may arrive.
    virtual void cancel(std::uint64_t number) = 0;
};

} // namespace headroom
