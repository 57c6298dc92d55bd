// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/training_run.h"

#include "core/config/metric_keys.h"
#include "core/config/option_table.h"
#include "core/config/option_value.h"
#include "core/separate/separate_segment.h"
#include "core/session/failure.h"
#include "core/support/error.h"
#include "core/support/rounding.h"
#include "core/train/device_cache.h"

#include <ATen/Parallel.h>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace headroom {
namespace {

using Clock = std::chrono::steady_clock;

double secondsBetween(Clock::time_point begin, Clock::time_point end) {
    return std::chrono::duration<double>(end - begin).count();
}

Clock::time_point deadlineAfter(double minutes) {
    if (minutes <= 0)
        return Clock::time_point::max();
    return Clock::now() +
           std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(minutes * 60));
}

constexpr const char* dataPhase = "data";
constexpr const char* validationPhase = "validation";

} // namespace

TrainingRun::TrainingRun(PreparedRun prepared, RunControl& control, EventSink emit)
    : config_(std::move(prepared.config)), folder_(prepared.folder), processes_(prepared.group),
      rank_(processes_ == nullptr ? 0 : processes_->place().rank),
      ranks_(processes_ == nullptr ? 1 : processes_->place().ranks), maxSteps_(prepared.maxSteps),
      deadline_(deadlineAfter(prepared.maxMinutes)), control_(control), emit_(std::move(emit)),
      device_(prepared.device), step_(std::move(prepared.step)), freesWhenPaused_(prepared.freesWhenPaused),
      results_(device_), loader_(std::move(prepared.loader)), validator_(std::move(prepared.validator)),
      audition_(std::move(prepared.audition)), keeper_(folder_, config_.training, emit_),
      progress_(prepared.state.progress), best_(prepared.state.best),
      group_(*step_, *loader_, device_, prepared.state.microBatch,
             [this](int before, int after, const std::string& message) {
                 reportOutOfMemory(before, after, message);
             }),
      pace_([this, forecast = std::move(prepared.forecastTime)] {
          return forecast ? forecast(config_) : std::nullopt;
      }),
      watch_(device_), timer_(device_), memory_(prepared.memory), lastStepEnd_(Clock::now()) {
    learningRate_.restore(prepared.state.learningRate);
    if (processes_ != nullptr)
        step_->setRankSum([this](const at::Tensor& tensor) { processes_->sum(tensor); });
    step_->setPhaseObserver([this](Phase phase) {
        timer_.begin(phase);
        phase_ = phaseName(phase);
    });
}

void TrainingRun::preflight() {
    keeper_.requireSpace(checkpointBytes(step_->state()), config_.training.keepLastNCheckpoints);
    phase_ = validationPhase;
    try {
        validator_->dryRun(liveModel());
    } catch (const OutageError&) {
        if (!control_.stopRequested())
            throw;
    }
    endPhase(RunPhase::Start);
}

/// Begins to count the memory of a phase. The cache is not released in the middle of an accumulation group,
/// whose gradients lie between cached blocks.
void TrainingRun::beginPhase() {
    if (progress_.groupSize == 0)
        releaseCache(device_);
    memory_.sample();
}

/// Reports the memory of a phase and leaves none of its cache to the next one.
void TrainingRun::endPhase(RunPhase phase) {
    if (progress_.groupSize == 0)
        releaseCache(device_);
    emit_(PhaseDone{runPhaseName(phase), memory_.sample()});
}

RunEnd TrainingRun::run() {
    try {
        return loop();
    } catch (const std::exception& failure) {
        saveAfterFailure(plainMessage(failure));
        throw;
    }
}

RunEnd TrainingRun::loop() {
    lastStepEnd_ = Clock::now();
    for (;;) {
        // Several ranks do the steps of a group without agreeing on anything.
        if (ranks_ == 1 || progress_.groupSize == 0) {
            if (auto ended = betweenSteps())
                return *std::move(ended);
        }
        if (ranks_ == 1 && control_.stopRequested())
            continue;
        phase_ = dataPhase;
        step();
        if (progress_.epochDone(config_.training)) {
            if (const auto text = pace_.finishEpoch(progress_.epoch, config_.training, watch_.take()); text)
                emit_(Notice{*text});
            progress_.finishEpoch(config_.training);
            if (!progress_.validationDue)
                requestEpochSave();
        }
    }
}

/// Does what is due between two steps. Returns how the run ends, if it does.
std::optional<RunEnd> TrainingRun::betweenSteps() {
    agree();
    if (progress_.validationDue && !stopRequested()) {
        validate();
        agree();
    }
    if (saveDue()) {
        beginPhase();
        save();
        endPhase(RunPhase::Checkpoint);
    }
    if (stopRequested())
        return end(false);
    if (done()) {
        if (rank_ == 0 && hasStalled())
            emit_(Notice{fmt::format("the score has not improved for {} validations, since step {}: the run "
                                     "ends early (training.early_stop_patience)",
                                     config_.training.earlyStopPatience, bestStep())});
        return end(true);
    }
    pause();
    changeOptions();
    return std::nullopt;
}

/// With several ranks: agrees on what all do next.
void TrainingRun::agree() {
    if (ranks_ == 1)
        return;
    decision_ = agreeOnRequests(*processes_, {.stop = control_.stopRequested(),
                                              .isLate = isLate(),
                                              .peakReserved = peakReserved_,
                                              .changes = control_.takeOptionChanges()});
    if (!ranksDone_)
        return;
    ranksDone_->peakReserved = decision_.peakReserved;
    emit_(*std::exchange(ranksDone_, std::nullopt));
}

bool TrainingRun::stopRequested() const {
    return ranks_ == 1 ? control_.stopRequested() : decision_.stop;
}

/// Requests a save if one is due for the last finished epoch. Called after its validation.
void TrainingRun::requestEpochSave() {
    if ((progress_.epoch - 1) % config_.training.saveEveryNEpochs == 0)
        keeper_.schedule().request();
}

bool TrainingRun::done() const {
    const bool late = ranks_ == 1 ? isLate() : decision_.isLate;
    return remainingSteps(progress_, config_.training, maxSteps_) == 0 || late;
}

/// Whether the run ends before its last step. Only rank 0 knows which validation was the best.
bool TrainingRun::isLate() const {
    return Clock::now() >= deadline_ || (rank_ == 0 && hasStalled());
}

/// The step of the best validation; 0 if there is none.
std::int64_t TrainingRun::bestStep() const {
    const auto& best = candidate_ ? candidate_ : best_;
    return best ? best->step : 0;
}

/// Whether training.early_stop_patience validations have passed since the best one.
bool TrainingRun::hasStalled() const {
    const TrainingConfig& training = config_.training;
    if (training.earlyStopPatience == 0 || bestStep() == 0 || progress_.validationDue)
        return false;
    const std::int64_t between = std::int64_t{training.validateEveryNEpochs} * training.stepsPerEpoch;
    return progress_.step - bestStep() >= training.earlyStopPatience * between;
}

double TrainingRun::etaSeconds() const {
    const std::int64_t left = remainingSteps(progress_, config_.training, maxSteps_);
    const double steps = rate_.etaSeconds(divideUp(left, std::int64_t{ranks_}));
    const double time = std::max(0.0, secondsBetween(Clock::now(), deadline_));
    return deadline_ == Clock::time_point::max() ? steps : std::min(steps, time);
}

RunEnd TrainingRun::end(bool finished) {
    if (!keeper_.unsavedText(progress_.step).empty()) {
        beginPhase();
        retrySaving(checkpoint(), "The run is done");
        endPhase(RunPhase::Checkpoint);
    }
    const std::string unsaved = keeper_.unsavedText(progress_.step);
    if (finished && unsaved.empty())
        return Finished{progress_.step};
    return Stopped{progress_.step, unsaved};
}

/// Saves, with retries until it succeeds or a stop is requested; tries once more after the stop.
/// @param reason why this is the last checkpoint, for the notice: "The run is done"
void TrainingRun::retrySaving(const Checkpoint& last, const std::string& reason) {
    phase_ = nullptr;
    bool waits = false;
    while (!keeper_.save(last, config_.training.keepLastNCheckpoints) && !control_.stopRequested()) {
        if (!std::exchange(waits, true))
            emit_(
                Notice{reason +
                       ". It waits until its last checkpoint can be written; stop it to end without saving"});
        control_.waitForRequest(keeper_.schedule().retryTime());
    }
}

void TrainingRun::changeOptions() {
    const auto changes = ranks_ == 1 ? control_.takeOptionChanges() : std::exchange(decision_.changes, {});
    for (const OptionChange& change : changes)
        changeOption(change);
    if (changes.empty())
        return;
    pace_.forgetEarlier();
    keeper_.markUnsaved();
    keeper_.schedule().setEveryMinutes(config_.training.saveEveryNMinutes);
    step_->setModelOptions(config_.model);
    try {
        if (folder_ != nullptr)
            folder_->writeConfig(config_);
    } catch (const Error& error) {
        emit_(Notice{"cannot write the changed configuration: " + error.message()});
    }
}

void TrainingRun::changeOption(const OptionChange& change) {
    const Option& option = *findOption(change.key);
    std::string before = formatOptionValue(option.get(config_));
    option.set(config_, parseOptionValue(option, change.value));
    if (option.affects.memory)
        group_.tryWholeBatches();
    std::string after = formatOptionValue(option.get(config_));
    if (before != after)
        emit_(OptionChanged{progress_.step + 1, change.key, std::move(before), std::move(after)});
}

SegmentModel TrainingRun::liveModel() {
    SegmentModel model = makeSegmentModel(config_);
    model.separate = [this](std::span<const AudioBuffer> segments) {
        const TrainStep::EmaWeights averaged(*step_);
        return separateSegments(step_->model(), segments);
    };
    return model;
}

void TrainingRun::validate() {
    phase_ = validationPhase;
    beginPhase();
    const auto begin = Clock::now();
    const int epoch = progress_.epoch - 1;
    const auto onSong = [&](const std::string& song, const std::map<std::string, StemScore>& stems) {
        emit_(ValidationSong{progress_.step, epoch, song, stems});
        if (saveDue())
            save();
    };
    const auto validation = scoreSongs(onSong);
    if (validation)
        recordAudition(epoch);
    endPhase(RunPhase::Validation);
    if (!validation)
        return; // stopped; the run validates again when it is resumed
    for (const std::string& fault : validation->faults)
        emit_(Notice{"no score for " + fault});
    reportLeftOut(validation->leftOut);

    progress_.validationDue = false;
    learningRate_.addValidation(config_.training, validation->score);
    metrics_ = validation->stems;
    const bool better = validation->score && (!best_ || *validation->score > best_->score);
    if (better) {
        candidate_ = BestValidation{progress_.step, *validation->score};
        keeper_.schedule().request();
    }
    requestEpochSave();
    keeper_.markUnsaved();
    emit_(ValidationDone{progress_.step, epoch, validation->songs, validation->stems, better,
                         secondsBetween(begin, Clock::now()), metricKey(config_.training.bestMetric)});
    lastStepEnd_ = Clock::now();
}

/// Scores the songs, each on one of the ranks.
std::optional<Validation> TrainingRun::scoreSongs(const Validator::OnSong& onSong) {
    auto results = validator_->score(liveModel(), control_.stopToken(), onSong, rank_, ranks_);
    if (ranks_ > 1) {
        results = shareResults(*processes_, results);
        for (const SongResult& result : results ? *results : std::vector<SongResult>()) {
            const bool isMine =
                result.number % static_cast<std::size_t>(ranks_) == static_cast<std::size_t>(rank_);
            if (!isMine && !result.stems.empty())
                onSong(result.song, result.stems);
        }
    }
    return results ? std::optional(validator_->summarize(*results)) : std::nullopt;
}

/// A failure is a notice: the run does not depend on it.
void TrainingRun::recordAudition(int epoch) {
    if (!audition_)
        return;
    try {
        if (const auto saved = audition_->record(liveModel(), progress_.step, epoch, control_.stopToken()))
            emit_(*saved);
    } catch (const Error& error) {
        if (!control_.stopRequested())
            emit_(Notice{"the audition of this validation is missing: " + error.message()});
    }
}

/// Emits a notice per song, but not again after every validation.
void TrainingRun::reportLeftOut(const std::vector<std::string>& songs) {
    if (leftOut_ == songs)
        return;
    for (const std::string& song : songs)
        emit_(Notice{"left out of the validation: " + song});
    leftOut_ = songs;
}

Checkpoint TrainingRun::checkpoint() {
    const ResumeState state{progress_, learningRate_.state(), candidate_ ? candidate_ : best_,
                            group_.microBatch(), at::get_num_threads()};
    return {config_, state, stateOfStep(), metrics_};
}

void TrainingRun::save() {
    if (!keeper_.save(checkpoint(), config_.training.keepLastNCheckpoints))
        return;
    if (candidate_)
        best_ = std::exchange(candidate_, std::nullopt);
}

bool TrainingRun::saveDue() {
    return control_.takeSaveRequest() || keeper_.due();
}

void TrainingRun::saveAfterFailure(const std::string& failure) {
    try {
        Checkpoint last = checkpoint();
        if (updateInFlight_ || !step_->isConsistent())
            return; // the weights may be inconsistent
        if (progress_.groupSize > 0) {
            // The gradients may be incomplete: go back to the beginning of the group.
            if (!groupBegin_ || groupBegin_->step <= keeper_.lastSaved())
                return;
            last.state.progress = *groupBegin_;
            last.tensors.group.clear();
        }
        if (keeper_.unsavedText(progress_.step).empty())
            return;
        retrySaving(last, "The run has failed: " + failure);
    } catch (const std::exception&) { // NOLINT(bugprone-empty-catch): the first failure is reported
    }
}

} // namespace headroom
