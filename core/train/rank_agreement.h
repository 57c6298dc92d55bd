// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/distributed/process_group.h"
#include "core/session/run_control.h"
#include "core/session/training_session.h"
#include "core/train/checkpoint.h"
#include "core/train/validator.h"

#include <cstdint>
#include <string>
#include <vector>

/// What the ranks of a run agree on. Every rank must call the same functions in the same order; each
/// returns the same on all of them, or throws the same Error. One thread.
namespace headroom {

/// What rank 0 decides.
struct RankStart {
    std::string runFolder;
    bool resume = false;
};

/// Throws Error (Input), with both values, if a rank has another version, configuration or kind of device
/// than rank 0, or if the ranks cannot share training.gradient_accumulation_steps equally. Paths and loader
/// options may differ.
RankStart agreeOnStart(ProcessGroup& group, const TrainingRequest& request, c10::Device device);

/// Number of ranks, what connects them, and the effective batch with its factors, for a notice.
std::string ranksText(const ProcessGroup& group, const TrainingConfig& training);

/// Throws Error (Input), with both values, if a rank has other songs than rank 0.
/// @param summary number and hash of the songs
void agreeOnSongs(ProcessGroup& group, const std::string& summary);

/// Whether `yes` is true on any rank.
bool anyRank(ProcessGroup& group, bool yes);

/// Copies the state of rank 0 to the others. The gradients of an open accumulation group stay on rank 0,
/// since they count once.
void copyState(ProcessGroup& group, ResumeState& state, TrainStep& step);

/// The requests of a rank before the next update.
struct RankRequests {
    bool stop = false;
    bool isLate = false; ///< the time of the run is over
    std::int64_t peakReserved = 0;
    std::vector<OptionChange> changes = {};
};
/// What all ranks do next.
struct RankDecision {
    bool stop = false;                           ///< any rank requests it
    bool isLate = false;                         ///< for any rank
    std::vector<std::int64_t> peakReserved = {}; ///< by rank
    std::vector<OptionChange> changes = {};      ///< those of rank 0
};
RankDecision agreeOnRequests(ProcessGroup& group, const RankRequests& mine);

/// The results of all ranks, by number of the song; nothing if a rank has none because it was stopped.
std::optional<std::vector<SongResult>> shareResults(ProcessGroup& group,
                                                    const std::optional<std::vector<SongResult>>& mine);

/// The segments that may have made an update not finite: those with a loss that is not finite, of all ranks;
/// if there are none, all segments of the update.
/// @param hasBadLoss a loss of this rank was not finite
std::vector<std::string> shareSuspects(ProcessGroup& group, const std::vector<std::string>& mine,
                                       bool hasBadLoss);

} // namespace headroom
