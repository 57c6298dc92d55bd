#include "core/engine/fitting_change.h"
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

namespace headroom {
namespace {

/// Empty where nothing helps, and where looking for it fails: the first failure is the one to tell.
std::string remedyOf(const TrainingRequest& request, const RunControl& control) {
    try {
        // The run's own, for a knob may have been changed while it was going.
        return fittingChange(runConfig(request.runFolder), request.device, control.stopToken());
    } catch (const std::exception&) {
        return {};
    }
}

/// A trainer that, where memory runs out for good, says what would fit.
class AdvisedTrainer final : public TrainingLoop {
public:
    explicit AdvisedTrainer(JournalLineSink onLine) : trainer_(std::move(onLine)) {}

    RunEnd run(const TrainingRequest& request, RunControl& control, const EventSink& sink) override {
        Failed failed;
        try {
            return trainer_.run(request, control, sink);
        } catch (const std::exception& exception) {
            if (!meansOutOfMemory(exception))
                throw;
            failed = failureOf(std::current_exception(), 0);
        }
        // Outside of the catch: the exception may hold on to memory.
        const std::string remedy = remedyOf(request, control);
        throw OutOfMemoryError(failed.message, {}, remedy.empty() ? failed.remedy : remedy);
    }
    void emitEnd(const TrainingEvent& end, const EventSink& sink) override { trainer_.emitEnd(end, sink); }

private:
    Trainer trainer_;
};

/// A run is resumed from any folder, so what it stores must not depend on the one it was started in.
TrainingRequest withAbsolutePaths(TrainingRequest request) {
    RunConfig& config = request.config;
    for (std::string* path : {&config.data.root, &config.training.initFrom}) {
        if (!path->empty())
            *path = std::filesystem::absolute(*path).lexically_normal().string();
    }
    return request;
}

/// A trainer from whose runs forecasts learn.
class ProfiledLoop final : public TrainingLoop {
public:
    ProfiledLoop(JournalLineSink onLine, bool yields) : trainer_(std::move(onLine)), yields_(yields) {}

    RunEnd run(const TrainingRequest& asked, RunControl& control, const EventSink& sink) override {
        if (yields_)
            lowerThreadPriority(GiveWay::ToWindow);
        const TrainingRequest request = withAbsolutePaths(asked);
        RunProfiler measurer(request);
        return trainer_.run(request, control, [&](const TrainingEvent& event) {
            sink(event);
            measurer.take(event);
        });
    }
    void emitEnd(const TrainingEvent& end, const EventSink& sink) override { trainer_.emitEnd(end, sink); }

private:
    AdvisedTrainer trainer_;
    bool yields_;
};

} // namespace

std::unique_ptr<TrainingSession> makeTrainingSession(std::function<void(const std::string& line)> onLine) {
    return std::make_unique<TrainingThread>(std::make_unique<ProfiledLoop>(std::move(onLine), false));
}

std::unique_ptr<TrainingSession> makeYieldingTrainingSession() {
    return std::make_unique<TrainingThread>(std::make_unique<ProfiledLoop>(JournalLineSink(), true));
}

} // namespace headroom
