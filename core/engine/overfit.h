// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

/// A quick check before a long run: whether a model can learn one segment by heart. If not, songs, targets or
/// the learning rate are wrong.
namespace headroom {

struct OverfitRequest {
    RunConfig config;            ///< with data.root
    std::string device = "auto"; ///< as of `train`
    std::string song;            ///< a training song; empty: the first one
    int steps = 300;             ///< at most
    double seconds = 0;          ///< at most, of the training; 0: no limit
};

/// The SDR that a segment learned by heart exceeds, dB.
inline constexpr double overfitGoal = 10;

struct OverfitProgress {
    int step = 0;
    double loss = 0;
    double sdr = 0; ///< uSDR of the segment, dB; the mean over targets
};

struct OverfitResult {
    std::string song = {};
    double begin = 0;   ///< of the segment in the song, s
    double seconds = 0; ///< of the segment
    std::string device = {};
    std::vector<OverfitProgress> progress = {}; ///< of the steps at which the SDR was computed
    bool learned = false;                       ///< the SDR of every target reached overfitGoal
    bool stopped = false;                       ///< by a stop request
    std::vector<std::string> targets = {};
    std::vector<double> sdr = {}; ///< at the end, by target, dB
    /// What is probably wrong, as sentences; empty if the model learned.
    std::vector<std::string> findings = {};
};

/// Trains on the segment of a training song in which the first target is loudest, with batches of one,
/// without augmentation, EMA, warm-up and decay. Ends early when the goal is reached. On the calling thread.
/// Throws Error (Input) for an invalid configuration, an unusable data set or an unknown song.
OverfitResult overfit(const OverfitRequest& request, const std::stop_token& stop,
                      const std::function<void(const OverfitProgress&)>& onProgress);

/// What is wrong with the audio of a segment, independent of any model: silent or identical stems, or a
/// mixture that is the target or lacks it. Empty if nothing is.
/// @param stems   names of all stems of the song
/// @param audio   their samples, all channels, in the order of `stems`
/// @param mixture samples of the input
std::vector<std::string> audioFindings(const std::vector<std::string>& targets,
                                       const std::vector<std::string>& stems,
                                       const std::vector<std::vector<float>>& audio,
                                       const std::vector<float>& mixture);

/// What the losses of a model that has not learned say about the learning rate, as a sentence.
std::string learningRateFinding(const std::vector<double>& losses, double learningRate);

} // namespace headroom
