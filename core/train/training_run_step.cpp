// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/device_cache.h"
#include "core/train/training_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace headroom {
namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

} // namespace

/// The batch of this rank. Returns nothing if a stop was requested while the songs were unreachable; with
/// several ranks that is an error, since the others cannot end their update.
std::optional<Batch> TrainingRun::nextBatch() {
    try {
        const int batchSize = config_.training.batchSize;
        return loader_->batch(progress_.nextExample + std::int64_t{rank_} * batchSize, batchSize,
                              SegmentLengths(config_));
    } catch (const OutageError&) {
        if (ranks_ == 1 && control_.stopRequested())
            return std::nullopt;
        throw;
    }
}

/// Leaves nothing in the cache that fits segments of another length, so that no length needs more memory than
/// it would alone.
void TrainingRun::beginLength(std::int64_t frames) {
    const std::int64_t before = std::exchange(frames_, frames);
    if (before != 0 && before != frames)
        releaseCache(device_);
}

void TrainingRun::step() {
    StepDone event;
    // The steps of a group that are left may be fewer than the ranks.
    RunProgress opened = progress_;
    opened.openGroup(config_.training);
    const int together = std::min(ranks_, opened.groupSize - opened.groupStep);
    const bool takesPart = rank_ < together;
    const auto begin = Clock::now();
    std::optional<Batch> batch;
    if (takesPart && !(batch = nextBatch()))
        return;
    event.dataSeconds = secondsSince(begin);

    if (progress_.groupSize == 0) {
        groupBegin_ = progress_;
        record_.clear();
    }
    progress_ = opened;
    if (takesPart) {
        beginLength(batch->frames);
        results_.setLoss(group_.add(*batch, 1.0 / progress_.groupSize));
    }
    event.epoch = progress_.epoch;
    RunProgress last = progress_; // before the last of these steps, as if they were done one by one
    last.finishStep(config_.training.batchSize, together - 1);
    event.learningRate = learningRate_.value(config_.training, last);
    const bool groupDone = progress_.finishStep(config_.training.batchSize, together);
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
    if (takesPart)
        record_.add(std::move(batch->origins), std::isfinite(event.loss));
    const bool skipped = groupDone && results.skipped;
    if (groupDone) {
        event.gradNorm = results.gradNorm;
        if (ranks_ > 1)
            ranksDone_ = RanksDone{.step = progress_.step,
                                   .batchSize = config_.training.batchSize,
                                   .updateSteps = progress_.groupSize,
                                   .loss = results.groupLoss};
        progress_.finishGroup(skipped);
        metrics_.clear();
    }
    if (takesPart)
        report(event, together);
    else
        timer_.take();
    if (skipped)
        reportNonFinite();
}

/// @param together ranks that took this step
void TrainingRun::report(StepDone& event, int together) {
    const PhaseTimer::Seconds phases = timer_.take();
    const double seconds = secondsSince(lastStepEnd_);
    const int examples = together * config_.training.batchSize;
    rate_.add(examples, seconds);
    const double share =
        static_cast<double>(frames_) / static_cast<double>(SegmentLengths(config_).longest());
    pace_.add(examples * share, event.dataSeconds, seconds);
    watch_.sampleSometimes();
    lastStepEnd_ = Clock::now();
    event.step = progress_.step;
    event.update = progress_.update;
    event.forwardSeconds = phases.forward;
    event.backwardSeconds = phases.backward;
    event.updateSeconds = phases.update;
    event.examplesPerSecond = rate_.examplesPerSecond();
    event.etaSeconds = etaSeconds();
    event.memory = memory_.sample();
    peakReserved_ = event.memory->peakReserved;
    if (ranksDone_)
        ranksDone_->exchangeSeconds = phases.exchange;
    emit_(event);
}

void TrainingRun::reportOutOfMemory(int before, int after, const std::string& message) {
    const bool updating = progress_.groupSize > 0 && progress_.groupStep == progress_.groupSize;
    pace_.addShortage(after);
    emit_(OutOfMemory{updating ? progress_.step : progress_.step + 1, before, after, message});
}

void TrainingRun::reportNonFinite() {
    const std::vector<std::string> suspects =
        ranks_ == 1 ? record_.suspects()
                    : shareSuspects(*processes_, record_.suspects(), record_.hasBadLoss());
    emit_(NonFinite{progress_.step, progress_.skippedUpdates, suspects});
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
