#pragma once

#include "core/session/training_loop.h"
#include "core/session/training_session.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace headroom {

/// Runs a training loop on a thread of its own. This is the root of that thread: every exception ends here,
/// as the event Failed.
class TrainingThread final : public TrainingSession {
public:
    explicit TrainingThread(std::unique_ptr<TrainingLoop> loop);
    ~TrainingThread() override;
    TrainingThread(const TrainingThread&) = delete;
    TrainingThread& operator=(const TrainingThread&) = delete;

    void start(const TrainingRequest& request, EventSink sink) override;
    void pause() override;
    void resume() override;
    void requestStop() override;
    void stopAndWait() override;
    void saveNow() override;
    void setOption(const std::string& key, const std::string& value) override;
    void wait() override;

private:
    void run(const TrainingRequest& request, const EventSink& sink, RunControl& control);
    /// The controls of the run under way; null where there is none.
    std::shared_ptr<RunControl> control();

    std::unique_ptr<TrainingLoop> loop_; ///< used by the thread alone
    std::mutex mutex_;
    std::condition_variable ended_;
    std::shared_ptr<RunControl> control_; ///< guarded by mutex_
    RunConfig config_;                    ///< guarded by mutex_; the run's, with the changes asked for so far
    std::jthread thread_;                 ///< guarded by mutex_
};

} // namespace headroom
