// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/training_loop.h"
#include "core/train/run_recorder.h"
#include "core/values/step_time.h"

#include <c10/core/Device.h>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace headroom {

class Outage;
class ProcessGroup;
struct PreparedRun;
struct TrainingData;

/// The time of the training steps of a configuration on a device, "cuda:1", by forecast; absent: unknown.
using StepTimeForecast =
    std::function<std::optional<StepTime>(const RunConfig& config, const std::string& device)>;

/// Trains a model: opens the run folder, the songs and the newest intact checkpoint, then runs steps,
/// validates and saves checkpoints until the end or a stop. Saves before it returns.
///
/// Rank 0 owns the run folder. Each other rank writes its events to rank-N.log in the folder, and nothing
/// else.
///
/// Resuming is exact: on the same machine, with the same number of threads, weights and all other state equal
/// bit for bit those of a run that was never stopped.
class Trainer final : public TrainingLoop {
public:
    /// @param onLine       receives every event as a line of the journal; may be empty
    /// @param forecastTime what the time of epochs is compared with, on the thread of run(); may be empty
    explicit Trainer(JournalLineSink onLine = {}, StepTimeForecast forecastTime = {})
        : onLine_(std::move(onLine)), forecastTime_(std::move(forecastTime)) {}

    RunEnd run(const TrainingRequest& request, RunControl& control, const EventSink& sink) override;
    void emitEnd(const TrainingEvent& end, const EventSink& sink) override;

private:
    RunEnd runRank(const TrainingRequest& request, RunControl& control, ProcessGroup* group);
    PreparedRun prepare(const TrainingRequest& request, c10::Device device, ProcessGroup* group,
                        TrainingData& data, const std::shared_ptr<Outage>& outage);
    void emitStart(const TrainingRequest& request, const PreparedRun& prepared,
                   const std::vector<std::string>& notices);
    void openFolder(const TrainingRequest& request, ProcessGroup* group);
    void openOwnFolder(const TrainingRequest& request);
    /// Sends an event to the journal, if it is open, and to the sink. Any thread.
    void emitEvent(const TrainingEvent& event);

    JournalLineSink onLine_;
    StepTimeForecast forecastTime_;
    std::mutex emitMutex_;            ///< serializes events of the run and memory samples
    const EventSink* sink_ = nullptr; ///< of run() or emitEnd(), while it executes
    std::optional<RunFolder> folder_; ///< locked until emitEnd()
    std::optional<RunRecorder> recorder_;
    std::optional<Journal> rankLog_; ///< of a rank that does not own the run folder
};

} // namespace headroom
