// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/training_session.h"
#include "core/values/event_json.h"
#include "ui/bridge/mailbox.h"

#include <QObject>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace headroom::ui {

/// A training session for the GUI thread, which receives its events in order and in batches. Events of
/// earlier runs are dropped. If the window cannot keep up, memory samples are dropped, but no other events.
/// The destructor stops the run, which saves a checkpoint, and joins. GUI thread.
class TrainingBridge : public QObject {
    Q_OBJECT

public:
    explicit TrainingBridge(std::unique_ptr<TrainingSession> session);
    ~TrainingBridge() override;

    /// Starts a run. Throws Error if one is in progress.
    void start(const TrainingRequest& request);
    /// From start() until ended().
    bool running() const { return running_; }

    // As in TrainingSession; no effect if no run is in progress.
    void pause() { session_->pause(); }
    void resume() { session_->resume(); }
    void requestStop() { session_->requestStop(); }
    void stopAndWait() { session_->stopAndWait(); }
    void saveNow() { session_->saveNow(); }
    /// Throws Error, see TrainingSession::setOption().
    void setOption(const std::string& key, const std::string& value) { session_->setOption(key, value); }

Q_SIGNALS:
    void received(const std::vector<headroom::TimedEvent>& events);
    /// After received() with the last event of the run: Finished, Stopped or Failed.
    void ended();

private:
    struct RunEvent {
        std::uint64_t run;
        TimedEvent timed;
    };
    void post(std::uint64_t run, const TrainingEvent& event); ///< any thread
    void deliver(std::vector<RunEvent> events);

    std::uint64_t run_ = 0; ///< number of the newest run
    bool running_ = false;
    Mailbox<RunEvent> mailbox_;
    std::unique_ptr<TrainingSession> session_; ///< destroyed before the mailbox that it posts to
};

} // namespace headroom::ui
