// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/bridge/training_bridge.h"

#include <variant>

namespace headroom::ui {

TrainingBridge::TrainingBridge(std::unique_ptr<TrainingSession> session)
    : mailbox_("training", [this](std::vector<RunEvent> events) { deliver(std::move(events)); }),
      session_(std::move(session)) {}

TrainingBridge::~TrainingBridge() = default;

void TrainingBridge::start(const TrainingRequest& request) {
    if (!running_)
        session_->wait(); // the thread of the previous run may not have finished yet
    const std::uint64_t run = run_ + 1;
    session_->start(request, [this, run](const TrainingEvent& event) { post(run, event); });
    run_ = run;
    running_ = true;
}

void TrainingBridge::post(std::uint64_t run, const TrainingEvent& event) {
    constexpr std::size_t maxBacklog = 4096;
    if (std::holds_alternative<MemorySample>(event) && mailbox_.backlog() > maxBacklog)
        return;
    mailbox_.post({run, {eventTimeNow(), event}});
}

void TrainingBridge::deliver(std::vector<RunEvent> events) {
    std::vector<TimedEvent> current;
    current.reserve(events.size());
    for (RunEvent& event : events) {
        if (event.run == run_)
            current.push_back(std::move(event.timed));
    }
    if (current.empty())
        return;
    const bool end = isEnd(current.back().event);
    if (end)
        running_ = false;
    Q_EMIT received(current);
    if (end)
        Q_EMIT ended();
}

} // namespace headroom::ui
