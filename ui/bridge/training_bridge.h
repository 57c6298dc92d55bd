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

/// A training session for the GUI thread: what it says on its own thread arrives here in order, several
/// events at a time. Of a run that a newer one has followed nothing arrives any more. Where the window cannot
/// keep up, memory samples are left out; nothing else ever is. Destruction stops the run, which saves, and
/// joins. GUI thread.
class TrainingBridge : public QObject {
    Q_OBJECT

public:
    explicit TrainingBridge(std::unique_ptr<TrainingSession> session);
    ~TrainingBridge() override;

    /// Begins a run. Throws Error when one is under way.
    void start(const TrainingRequest& request);
    /// From start() until ended() is said.
    bool running() const { return running_; }

    // These are the session's own; without effect where no run is under way.
    void pause() { session_->pause(); }
    void resume() { session_->resume(); }
    void requestStop() { session_->requestStop(); }
    void stopAndWait() { session_->stopAndWait(); }
    void saveNow() { session_->saveNow(); }
    /// Throws Error, see TrainingSession::setOption().
    void setOption(const std::string& key, const std::string& value) { session_->setOption(key, value); }

Q_SIGNALS:
    void received(const std::vector<headroom::TimedEvent>& events);
    /// After the run's last event, Finished, Stopped or Failed, was received.
    void ended();

private:
    struct RunEvent {
        std::uint64_t run;
        TimedEvent timed;
    };
    void take(std::uint64_t run, const TrainingEvent& event);
    void deliver(std::vector<RunEvent> events);

    std::uint64_t run_ = 0; ///< number of the newest run
    bool running_ = false;
    Mailbox<RunEvent> mailbox_;
    std::unique_ptr<TrainingSession> session_; ///< goes before the mailbox that it posts to
};

} // namespace headroom::ui
