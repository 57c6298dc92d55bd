// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/expected_step_time.h"
#include "core/engine/fitting_change.h"
#include "core/engine/rank_loop.h"
#include "core/engine/run_location.h"
#include "core/engine/run_profiler.h"
#include "core/engine/services.h"
#include "core/session/failure.h"
#include "core/session/training_thread.h"
#include "core/support/thread_priority.h"
#include "core/train/trainer.h"

#include <exception>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace headroom {
namespace {

/// Empty if no change helps or the search fails: the out-of-memory error is more important.
std::string remedyOf(const TrainingRequest& request, const RunControl& control) {
    try {
        // The configuration in the run folder, since options may have changed during the run.
        return fittingChange(runConfig(request.runFolder), request.device, control.stopToken());
    } catch (const std::exception&) {
        return {};
    }
}

/// A trainer whose out-of-memory errors suggest a configuration that fits.
class AdvisedTrainer final : public TrainingLoop {
public:
    explicit AdvisedTrainer(JournalLineSink onLine) : trainer_(std::move(onLine), expectedStepTime) {}

    RunEnd run(const TrainingRequest& request, RunControl& control, const EventSink& sink) override {
        Failed failed;
        try {
            return trainer_.run(request, control, sink);
        } catch (const std::exception& exception) {
            if (!meansOutOfMemory(exception))
                throw;
            failed = failureOf(std::current_exception(), 0);
        }
        // After the catch block, since the exception may keep memory alive.
        const std::string remedy = remedyOf(request, control);
        throw OutOfMemoryError(failed.message, {}, remedy.empty() ? failed.remedy : remedy);
    }
    void emitEnd(const TrainingEvent& end, const EventSink& sink) override { trainer_.emitEnd(end, sink); }

private:
    Trainer trainer_;
};

/// Makes paths in the configuration absolute, since the run may be resumed from another working directory.
TrainingRequest withAbsolutePaths(TrainingRequest request) {
    RunConfig& config = request.config;
    std::vector<std::string*> paths = {&config.data.root, &config.training.initFrom};
    for (std::string& root : config.data.moreRoots)
        paths.push_back(&root);
    for (std::string* path : paths) {
        if (!path->empty())
            *path = std::filesystem::absolute(*path).lexically_normal().string();
    }
    return request;
}

/// A trainer that profiles its runs for later forecasts.
class ProfiledLoop final : public TrainingLoop {
public:
    explicit ProfiledLoop(JournalLineSink onLine) : trainer_(std::move(onLine)) {}

    RunEnd run(const TrainingRequest& asked, RunControl& control, const EventSink& sink) override {
        const TrainingRequest request = withAbsolutePaths(asked);
        if (!request.place.isAlone()) // forecasts are of one card, whose updates do not wait for others
            return trainer_.run(request, control, sink);
        RunProfiler profiler(request);
        return trainer_.run(request, control, [&](const TrainingEvent& event) {
            sink(event);
            profiler.take(event);
        });
    }
    void emitEnd(const TrainingEvent& end, const EventSink& sink) override { trainer_.emitEnd(end, sink); }

private:
    AdvisedTrainer trainer_;
};

/// Trains in this process, or in several of a rank each, at low priority.
class YieldingLoop final : public TrainingLoop {
public:
    explicit YieldingLoop(RankProgram ranks) : alone_(JournalLineSink()), ranks_(std::move(ranks)) {}

    RunEnd run(const TrainingRequest& request, RunControl& control, const EventSink& sink) override {
        lowerThreadPriority(ThreadPriority::Training);
        current_ = request.startRanks > 1 ? static_cast<TrainingLoop*>(&ranks_) : &alone_;
        return current_->run(request, control, sink);
    }
    void emitEnd(const TrainingEvent& end, const EventSink& sink) override { current_->emitEnd(end, sink); }

private:
    ProfiledLoop alone_;
    RankLoop ranks_;
    TrainingLoop* current_ = &alone_; ///< of the last run
};

} // namespace

std::unique_ptr<TrainingSession> makeTrainingSession(std::function<void(const std::string& line)> onLine) {
    return std::make_unique<TrainingThread>(std::make_unique<ProfiledLoop>(std::move(onLine)));
}

std::unique_ptr<TrainingSession> makeYieldingTrainingSession(RankProgram ranks) {
    return std::make_unique<TrainingThread>(std::make_unique<YieldingLoop>(std::move(ranks)));
}

} // namespace headroom
