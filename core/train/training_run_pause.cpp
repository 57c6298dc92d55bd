// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/session/failure.h"
#include "core/train/device_cache.h"
#include "core/train/training_run.h"

#include <chrono>
#include <utility>

namespace headroom {

void TrainingRun::pause() {
    const bool paused =
        control_.waitWhilePaused([this] { beginPause(); }, [this] { save(); }, [this] { endPause(); });
    if (parked_ && ranks_ > 1) { // stopped while paused: the other ranks wait for one more group
        parked_->restore();
        parked_.reset();
    }
    if (!paused)
        return;
    lastStepEnd_ = std::chrono::steady_clock::now();
    watch_.take(); // what other programs did meanwhile slowed nothing down
}

/// Frees the card; also in the middle of a group, whose gradients leave it, too.
void TrainingRun::beginPause() {
    phase_ = nullptr;
    if (freesWhenPaused_) {
        parked_.emplace(*step_);
        releaseCache(device_);
    }
    emit_(Paused{progress_.step});
}

/// Waits for memory that another program has taken meanwhile. After a stop, the state is saved from host
/// memory.
void TrainingRun::endPause() {
    constexpr std::chrono::seconds retryEvery(10);
    for (bool waits = false; parked_ && !control_.stopRequested();) {
        try {
            parked_->restore();
            parked_.reset();
        } catch (const std::exception& failure) {
            if (!meansOutOfMemory(failure))
                throw;
            if (!std::exchange(waits, true))
                emit_(Notice{"the run resumes when the card has enough free memory again: " +
                             plainMessage(failure)});
            releaseCache(device_);
            control_.waitForRequest(std::chrono::steady_clock::now() + retryEvery);
            if (!keeper_.unsavedText(progress_.step).empty()) // it may take long; a request ends the wait
                save();
        }
    }
    if (!parked_)
        emit_(Resumed{progress_.step});
}

/// In host memory while the run is paused.
TrainStep::State TrainingRun::stateOfStep() const {
    return parked_ ? parked_->host() : step_->state();
}

} // namespace headroom
