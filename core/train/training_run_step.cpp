// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/audio_length.h"
#include "core/train/training_run.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace headroom {
namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

} // namespace

/// Returns nothing if a stop was requested while the songs were unreachable.
std::optional<Batch> TrainingRun::nextBatch() {
    const std::int64_t frames = segmentSamples(config_.audio);
    try {
        return loader_->batch(progress_.nextExample, config_.training.batchSize, frames);
    } catch (const OutageError&) {
        if (control_.stopRequested())
            return std::nullopt;
        throw;
    }
}

void TrainingRun::step() {
    StepDone event;
    const auto begin = Clock::now();
    std::optional<Batch> next = nextBatch();
    if (!next)
        return;
    Batch& batch = *next;
    event.dataSeconds = secondsSince(begin);

    if (progress_.groupSize == 0) {
        groupBegin_ = progress_;
        record_.clear();
    }
    progress_.openGroup(config_.training);
    results_.setLoss(group_.add(batch, 1.0 / progress_.groupSize));
    event.epoch = progress_.epoch;
    event.learningRate = learningRate_.value(config_.training, progress_);
    const bool groupDone = progress_.finishStep(batch.batchSize);
    candidate_.reset(); // its weights are about to change
    keeper_.markUnsaved();

    if (groupDone) {
        const TrainStep::Update update = group_.update(event.learningRate);
        updateInFlight_ = true;
        results_.setUpdate(update);
    }
    timer_.end();
    const StepResults::Values results = results_.read();
    updateInFlight_ = false;
    event.loss = results.loss;
    record_.add(std::move(batch.origins), std::isfinite(event.loss));
    const bool skipped = groupDone && results.skipped;
    if (groupDone) {
        event.gradNorm = results.gradNorm;
        progress_.finishGroup(skipped);
        metrics_.clear();
    }
    report(event, batch.batchSize);
    if (skipped)
        reportNonFinite();
}

void TrainingRun::report(StepDone& event, int examples) {
    const PhaseTimer::Seconds phases = timer_.take();
    const double seconds = secondsSince(lastStepEnd_);
    rate_.add(examples, seconds);
    dataWait_.add(event.dataSeconds, seconds);
    lastStepEnd_ = Clock::now();
    event.step = progress_.step;
    event.update = progress_.update;
    event.forwardSeconds = phases.forward;
    event.backwardSeconds = phases.backward;
    event.updateSeconds = phases.update;
    event.examplesPerSecond = rate_.examplesPerSecond();
    event.etaSeconds = etaSeconds();
    event.memory = memory_.sample();
    emit_(event);
}

void TrainingRun::reportOutOfMemory(int before, int after, const std::string& message) {
    const bool updating = progress_.groupSize > 0 && progress_.groupStep == progress_.groupSize;
    emit_(OutOfMemory{updating ? progress_.step : progress_.step + 1, before, after, message});
}

void TrainingRun::reportNonFinite() {
    emit_(NonFinite{progress_.step, progress_.skippedUpdates, record_.suspects()});
    const int limit = config_.training.nonFiniteLimit;
    if (progress_.skippedUpdates < limit)
        return;
    throw DivergedError(fmt::format("{} updates were skipped because the loss or a gradient was not finite",
                                    progress_.skippedUpdates),
                        fmt::format("step {}", progress_.step),
                        "The weights are those of the last good update. Check the songs listed above, lower "
                        "training.learning_rate, or raise training.non_finite_limit to continue.");
}

} // namespace headroom
