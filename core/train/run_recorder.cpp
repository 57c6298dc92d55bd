#include "core/train/run_recorder.h"

#include "core/support/error.h"

#include <utility>

namespace headroom {

RunRecorder::RunRecorder(const RunPaths& paths, EventSink next, JournalLineSink onLine)
    : journal_(paths.journal()), folder_(paths.root), tensorBoard_(folder_), next_(std::move(next)),
      onLine_(std::move(onLine)) {}

void RunRecorder::record(const TrainingEvent& event) {
    if (std::holds_alternative<MemorySample>(event)) { // for graphs alone
        next_(event);
        return;
    }
    const EventTime time = eventTimeNow();
    waiting_.push_back(toJsonLine(event, time));
    if (onLine_)
        onLine_(waiting_.back());
    writeWaiting();
    draw(event, time);
    next_(event);
}

void RunRecorder::writeWaiting() {
    try {
        while (!waiting_.empty()) {
            journal_.append(waiting_.front());
            waiting_.pop_front();
        }
        journalFailed_ = false;
    } catch (const Error& error) {
        constexpr std::size_t mostWaiting = 100000;
        if (waiting_.size() > mostWaiting)
            waiting_.pop_front();
        if (!std::exchange(journalFailed_, true))
            notify("The journal waits until it can be written: " + error.message());
    }
}

void RunRecorder::notify(const std::string& text) {
    const Notice notice{text};
    waiting_.push_back(toJsonLine(notice, eventTimeNow()));
    if (onLine_)
        onLine_(waiting_.back());
    next_(notice);
}

void RunRecorder::draw(const TrainingEvent& event, EventTime time) {
    try {
        if (!tensorBoard_.isInPlace()) // the run folder was moved or deleted
            tensorBoard_ = TensorBoardWriter(folder_, time);
        tensorBoard_.add(event, time);
    } catch (const Error& error) {
        if (!std::exchange(drawingFailed_, true))
            notify("Points are missing for TensorBoard: " + error.message());
        writeWaiting();
    }
}

} // namespace headroom
