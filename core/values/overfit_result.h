// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"

#include <string>
#include <vector>

/// The sanity minute before a long run, as plain values: a model memorizes one segment. If it cannot do even
/// that, songs, targets or learning rate are wrong.
namespace headroom {

struct OverfitRequest {
    RunConfig config;            ///< with data.root
    std::string device = "auto"; ///< as of `train`
    std::string song;            ///< a training song; empty: the first one
    int steps = 300;             ///< at most
    double seconds = 0;          ///< at most, of the training; 0: no limit
};

/// The SDR that a memorized segment exceeds, dB.
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

} // namespace headroom
