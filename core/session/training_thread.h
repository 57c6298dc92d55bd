// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/training_loop.h"
#include "core/session/training_session.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace headroom {

/// Runs a training loop on a new thread. Every exception of that thread becomes the event Failed here.
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
    /// The control of the current run; null if there is none.
    std::shared_ptr<RunControl> control();

    std::unique_ptr<TrainingLoop> loop_; ///< used by thread_ only
    std::mutex mutex_;
    std::condition_variable ended_;
    std::shared_ptr<RunControl> control_; ///< guarded by mutex_
    RunConfig config_;    ///< guarded by mutex_; of the run, with the changes requested so far
    std::jthread thread_; ///< guarded by mutex_
};

} // namespace headroom
