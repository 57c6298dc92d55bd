#pragma once

#include "core/session/training_session.h"
#include "core/train/journal.h"
#include "core/train/run_folder.h"
#include "core/train/tensorboard.h"

#include <deque>
#include <filesystem>
#include <functional>
#include <string>

namespace headroom {

/// Takes each line of a journal, without its newline. Must not throw.
using JournalLineSink = std::function<void(const std::string& line)>;

/// Keeps what a run says: journal and TensorBoard file in its folder, then whoever else listens. That a disk
/// is full does not end a run: lines that the journal cannot take wait, points for TensorBoard are left out,
/// and a Notice says so, which the journal gets too. One thread.
class RunRecorder {
public:
    /// Throws Error when the files cannot be opened.
    /// @param onLine takes the journal's lines too; may be empty
    RunRecorder(const RunPaths& paths, EventSink next, JournalLineSink onLine = {});

    /// Does not throw what writing throws.
    void record(const TrainingEvent& event);

private:
    void writeWaiting();
    void notify(const std::string& text);
    void draw(const TrainingEvent& event, EventTime time);

    Journal journal_;
    std::filesystem::path folder_;
    TensorBoardWriter tensorBoard_;
    EventSink next_;
    JournalLineSink onLine_;
    std::deque<std::string> waiting_; ///< lines the journal does not have yet
    bool journalFailed_ = false;      ///< and that was said; until it can be written again
    bool drawingFailed_ = false;      ///< likewise; for good, since the curves have a gap from then on
};

} // namespace headroom
