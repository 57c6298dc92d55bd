#pragma once

#include "core/session/training_session.h"
#include "core/train/journal.h"
#include "core/train/run_folder.h"
#include "core/train/tensorboard.h"

#include <deque>
#include <string>

namespace headroom {

/// Keeps what a run says: journal and TensorBoard file in its folder, then whoever else listens. That a disk
/// is full does not end a run, so events that cannot be written wait, and a Notice says so once. One thread.
class RunRecorder {
public:
    /// Throws Error when the files cannot be opened.
    RunRecorder(const RunPaths& paths, EventSink next);

    /// Does not throw what writing throws.
    void record(const TrainingEvent& event);

private:
    void writeWaiting();
    void draw(const TrainingEvent& event, EventTime time);

    Journal journal_;
    TensorBoardWriter tensorBoard_;
    EventSink next_;
    std::deque<std::string> waiting_; ///< lines the journal does not have yet
    bool journalFailed_ = false;
    bool drawingFailed_ = false;
};

} // namespace headroom
