// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/progress_line.h"
#include "core/session/rank_place.h"
#include "core/values/events.h"

#include <optional>
#include <string>

namespace headroom::app {

/// Reports the events of a run to a person at a terminal. One thread.
class TrainReport {
public:
    /// @param silent reports failures only, as with --json, which prints the events, and on other ranks than
    /// 0
    TrainReport(int stepsPerEpoch, int epochs, bool silent, const RankPlace& place)
        : stepsPerEpoch_(stepsPerEpoch), epochs_(epochs), silent_(silent), line_(silent), place_(place) {}

    void operator()(const TrainingEvent& event);

    /// 0, 1, 2 or 130, depending on the event that ended the run; 1 also if the run was stopped and could not
    /// be saved.
    int exitCode() const { return exitCode_; }

    /// Prints the run folder, the best score, and the commands that listen to and resume the run.
    void summarize();

private:
    void show(const Started& event);
    void show(const StepDone& event);
    void show(const RanksDone& /*event*/) {}
    void show(const MemorySample& /*event*/) {}
    void show(const PhaseDone& /*event*/) {}
    void show(const OutOfMemory& event);
    void show(const ValidationSong& event);
    void show(const ValidationDone& event);
    void show(const AuditionSaved& event);
    void show(const CheckpointSaved& event);
    void show(const SaveFailed& event);
    void show(const NonFinite& event);
    void show(const OptionChanged& event);
    void show(const Paused& event);
    void show(const Resumed& event);
    void show(const Notice& event);
    void show(const Finished& event);
    void show(const Stopped& event);
    void show(const Failed& event);

    int stepsPerEpoch_;
    int epochs_;
    bool silent_;
    ProgressLine line_;
    RankPlace place_;
    std::string runFolder_;
    std::int64_t totalSteps_ = 0;
    bool saved_ = false;
    std::optional<ValidationDone> best_;
    int exitCode_ = 1;
};

} // namespace headroom::app
