// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"
#include "core/separate/segment_model.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

namespace headroom {

/// Called on the separating thread with the finished and the total number of frames.
using SeparationProgress = std::function<void(std::int64_t done, std::int64_t frames)>;

/// Separates a whole song in memory (see OverlapAdd). Returns one buffer per stem, in the order of
/// model.stems. Absent if a stop was requested, which is checked before every batch, or if the
/// SegmentFunction threw SeparationStopped.
/// @param mixture of the model's rate and channel count
std::optional<std::vector<AudioBuffer>> separateSong(const SegmentModel& model, const AudioBuffer& mixture,
                                                     const std::stop_token& stop = {},
                                                     const SeparationProgress& progress = {});

} // namespace headroom
