#pragma once

#include "core/session/training_loop.h"
#include "core/train/run_recorder.h"

#include <mutex>
#include <optional>

namespace headroom {

/// Trains a model as a request asks: takes the run folder, opens the songs and the newest good checkpoint,
/// then steps, updates, validates and saves until the end or a stop, and saves before it returns.
///
/// Carrying a run on is exact: on the same machine and with the same number of threads the weights and all
/// other state are, bit for bit, those of a run that was never stopped.
class Trainer final : public TrainingLoop {
public:
    /// @param onLine takes every event as the line that the journal gets; may be empty
    explicit Trainer(JournalLineSink onLine = {}) : onLine_(std::move(onLine)) {}

    RunEnd run(const TrainingRequest& request, RunControl& control, const EventSink& emit) override;
    void emitEnd(const TrainingEvent& end, const EventSink& emit) override;

private:
    void takeFolder(const TrainingRequest& request);
    /// To the journal, once there is one, and to whoever listens. Any thread.
    void emit(const TrainingEvent& event);

    JournalLineSink onLine_;
    std::mutex saying_; ///< one event at a time: those of the run, and the samples of its memory
    const EventSink* listener_ = nullptr; ///< of the call that is going on
    std::optional<RunFolder> folder_;     ///< held until the end is said
    std::optional<RunRecorder> recorder_;
};

} // namespace headroom
