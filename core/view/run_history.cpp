// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/view/run_history.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>
#include <variant>

namespace headroom {
namespace {

constexpr double absent = std::numeric_limits<double>::quiet_NaN();

double bytes(std::int64_t count) {
    return static_cast<double>(count);
}

template <typename... Events>
bool isOneOf(const TrainingEvent& event) {
    return (std::holds_alternative<Events>(event) || ...);
}

} // namespace

RunHistory::RunHistory(std::int64_t stepsPerEpoch)
    : stepsPerEpoch_(std::max<std::int64_t>(1, stepsPerEpoch)) {}

void RunHistory::add(const TimedEvent& timed) {
    const TrainingEvent& event = timed.event;
    if (const auto* started = std::get_if<Started>(&event))
        take(*started, timed.time);
    // Time does not go backwards if the clock is set back.
    const double sinceStart = std::chrono::duration<double>(timed.time - startTime_).count();
    if (started_)
        now_ = std::max(now_, beforeStart_ + sinceStart);

    if (const auto* step = std::get_if<StepDone>(&event))
        take(*step);
    else if (const auto* ranks = std::get_if<RanksDone>(&event))
        take(*ranks);
    else if (const auto* sample = std::get_if<MemorySample>(&event))
        take(*sample);
    else if (const auto* done = std::get_if<ValidationDone>(&event))
        validations_.push_back({{static_cast<double>(done->step), now_}, *done});
    else if (const auto* saved = std::get_if<AuditionSaved>(&event))
        auditions_.push_back({{static_cast<double>(saved->step), now_}, *saved});
    else if (isOneOf<CheckpointSaved>(event))
        lastSave_ = timed.time;
    else if (!isOneOf<ValidationSong, PhaseDone>(event))
        mark(timed);
    takeEnd(event);
}

void RunHistory::takeEnd(const TrainingEvent& event) {
    if (isOneOf<Finished>(event))
        state_ = RunState::Finished;
    if (isOneOf<Stopped>(event))
        state_ = RunState::Stopped;
    if (const auto* failed = std::get_if<Failed>(&event)) {
        state_ = RunState::Failed;
        failure_ = *failed;
    }
}

bool RunHistory::finished() const {
    const bool ended = state_ == RunState::Finished || state_ == RunState::Stopped;
    return ended && started_ && step() >= started_->totalSteps;
}

void RunHistory::take(const Started& started, EventTime time) {
    const auto from = static_cast<double>(started.step);
    steps_.truncateAfter(from);
    memory_.truncateAfter(from);
    const auto isLater = [from](const auto& entry) { return entry.position.step > from; };
    std::erase_if(validations_, isLater);
    std::erase_if(auditions_, isLater);
    std::erase_if(marks_, isLater);
    started_ = started;
    state_ = RunState::Interrupted;
    failure_.reset();
    lastStep_.reset();
    lastRanks_.reset();
    beforeStart_ = now_;
    startTime_ = time;
    lastStepTime_ = now_;
}

void RunHistory::take(const StepDone& step) {
    const auto at = static_cast<double>(step.step);
    const std::array<double, stepChannels> values = {
        step.loss,         step.learningRate,   step.gradNorm.value_or(absent),
        step.dataSeconds,  step.forwardSeconds, step.backwardSeconds,
        step.updateSeconds};
    steps_.add({at, now_}, values);
    if (step.memory)
        addMemory(at, *step.memory);
    constexpr double keep = 0.95; // over about the last 20 steps
    const double seconds = step.dataSeconds + step.forwardSeconds + step.backwardSeconds + step.updateSeconds;
    // Several ranks do as many steps at the same time.
    const auto ranks = started_ ? std::int64_t{started_->ranks.value_or(1)} : 1;
    const auto steps =
        std::clamp<std::int64_t>(step.step - this->step(), 1, std::max<std::int64_t>(1, ranks));
    stepSeconds_ = keep * stepSeconds_ + seconds;
    exchangeSeconds_ *= keep;
    stepWeights_ = keep * stepWeights_ + static_cast<double>(steps);
    lastStep_ = step;
    lastStepTime_ = now_;
}

void RunHistory::take(const RanksDone& ranks) {
    stepSeconds_ += ranks.exchangeSeconds;
    exchangeSeconds_ += ranks.exchangeSeconds;
    lastRanks_ = ranks;
}

void RunHistory::take(const MemorySample& sample) {
    addMemory(stepNow(), sample.memory);
}

void RunHistory::addMemory(double step, const MemoryUse& use) {
    const std::array<double, memoryChannels> values = {bytes(use.allocated), bytes(use.peakAllocated),
                                                       bytes(use.reserved), bytes(use.deviceUsed),
                                                       use.others ? bytes(*use.others) : absent};
    memory_.add({step, now_}, values);
    deviceTotal_ = use.deviceTotal;
}

/// The estimated fractional step, from the duration of recent steps.
double RunHistory::stepNow() const {
    constexpr double unknownSeconds = 10;
    const double elapsed = now_ - lastStepTime_;
    const double fraction = stepWeights_ > 0 ? elapsed / std::max(stepSeconds_ / stepWeights_, 1e-9)
                                             : elapsed / (elapsed + unknownSeconds);
    return static_cast<double>(step()) + std::min(fraction, 0.99);
}

void RunHistory::mark(const TimedEvent& timed) {
    if (isOneOf<Resumed>(timed.event)) {
        const auto pause = std::find_if(marks_.rbegin(), marks_.rend(),
                                        [](const Mark& mark) { return isOneOf<Paused>(mark.event); });
        if (pause != marks_.rend())
            pause->seconds = now_ - pause->position.seconds;
        lastStepTime_ = now_;
        return;
    }
    const auto* started = std::get_if<Started>(&timed.event);
    if (isOneOf<Finished>(timed.event) || (started != nullptr && started->step == 0))
        return;
    constexpr std::size_t mostMarks = 10000;
    if (marks_.size() == mostMarks)
        marks_.erase(marks_.begin(), marks_.begin() + mostMarks / 2);
    marks_.push_back({{static_cast<double>(step()), now_}, timed.time, timed.event});
}

std::int64_t RunHistory::step() const {
    if (lastStep_)
        return lastStep_->step;
    return started_ ? started_->step : 0;
}

double RunHistory::exchangeShare() const {
    return stepSeconds_ > 0 ? exchangeSeconds_ / stepSeconds_ : 0;
}

double RunHistory::stepsPerSecond() const {
    return stepSeconds_ > 0 ? stepWeights_ / stepSeconds_ : 0;
}

const RunHistory::Validation* RunHistory::best() const {
    const auto found = std::find_if(validations_.rbegin(), validations_.rend(),
                                    [](const Validation& validation) { return validation.done.best; });
    return found == validations_.rend() ? nullptr : &*found;
}

} // namespace headroom
