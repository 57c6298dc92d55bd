// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/overfit_result.h"

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace headroom {

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

/// What the losses of a model that has not memorized its segment imply about the learning rate, as a
/// sentence.
/// @param steps how many there would have been with enough time
std::string learningRateFinding(const std::vector<double>& losses, double learningRate, int steps);

} // namespace headroom
