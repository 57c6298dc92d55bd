// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

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

/// Receives each line of a journal, without newline. Must not throw.
using JournalLineSink = std::function<void(const std::string& line)>;

/// Records the events of a run in its journal and TensorBoard file, then forwards them. A full disk does not
/// end a run: lines for the journal are kept until it can be written, TensorBoard scalars are dropped, and a
/// Notice reports that. One thread.
class RunRecorder {
public:
    /// Throws Error if the files cannot be opened.
    /// @param onLine receives the lines of the journal too; may be empty
    RunRecorder(const RunPaths& paths, EventSink next, JournalLineSink onLine = {});

    /// Does not throw if writing fails.
    void record(const TrainingEvent& event);

private:
    void writePending();
    void notify(const std::string& text);
    void addToTensorBoard(const TrainingEvent& event, EventTime time);

    Journal journal_;
    std::filesystem::path folder_;
    TensorBoardWriter tensorBoard_;
    EventSink next_;
    JournalLineSink onLine_;
    std::deque<std::string> pending_; ///< lines that are not in the journal yet
    bool journalFailed_ = false;      ///< reported; reset when the journal can be written again
    bool tensorBoardFailed_ = false;  ///< reported; never reset, because the curves have a gap
};

} // namespace headroom
