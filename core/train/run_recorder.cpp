// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/run_recorder.h"

#include "core/support/error.h"
#include "core/support/log.h"

#include <utility>

namespace headroom {

RunRecorder::RunRecorder(const RunPaths& paths, EventSink next, JournalLineSink onLine)
    : journal_(paths.journal()), folder_(paths.root), tensorBoard_(folder_), next_(std::move(next)),
      onLine_(std::move(onLine)) {}

void RunRecorder::record(const TrainingEvent& event) {
    if (std::holds_alternative<MemorySample>(event)) { // only for graphs
        next_(event);
        return;
    }
    const EventTime time = eventTimeNow();
    pending_.push_back(toJsonLine(event, time));
    log(LogCategory::Training, std::holds_alternative<StepDone>(event) ? LogLevel::Debug : LogLevel::Info,
        pending_.back());
    if (onLine_)
        onLine_(pending_.back());
    writePending();
    addToTensorBoard(event, time);
    next_(event);
}

void RunRecorder::writePending() {
    try {
        while (!pending_.empty()) {
            journal_.append(pending_.front());
            pending_.pop_front();
        }
        journalFailed_ = false;
    } catch (const Error& error) {
        constexpr std::size_t mostPending = 100000;
        if (pending_.size() > mostPending)
            pending_.pop_front();
        if (!std::exchange(journalFailed_, true))
            notify("The journal cannot be written; events are kept in memory until it can: " +
                   error.message());
    }
}

void RunRecorder::notify(const std::string& text) {
    const Notice notice{text};
    pending_.push_back(toJsonLine(notice, eventTimeNow()));
    if (onLine_)
        onLine_(pending_.back());
    next_(notice);
}

void RunRecorder::addToTensorBoard(const TrainingEvent& event, EventTime time) {
    try {
        if (!tensorBoard_.isInPlace()) // the run folder was moved or deleted
            tensorBoard_ = TensorBoardWriter(folder_, time);
        tensorBoard_.add(event, time);
    } catch (const Error& error) {
        if (!std::exchange(tensorBoardFailed_, true))
            notify("Some scalars are missing in the TensorBoard file: " + error.message());
        writePending();
    }
}

} // namespace headroom
