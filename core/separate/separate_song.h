#pragma once

#include "core/audio/audio_buffer.h"
#include "core/separate/chunk_model.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

namespace headroom {

/// Called with the frames that are done and those there are in all; on the thread that separates.
using SeparationProgress = std::function<void(std::int64_t done, std::int64_t frames)>;

/// Separates a whole song in memory by overlap-add (see OverlapAdd): one sound a stem, in the order of
/// model.stems. Absent where a stop was requested, which is looked at before every chunk, or where
/// the chunk function threw SeparationStopped.
/// @param mixture of the model's rate and channel count
std::optional<std::vector<AudioBuffer>> separateSong(const ChunkModel& model, const AudioBuffer& mixture,
                                                     const std::stop_token& stop = {},
                                                     const SeparationProgress& progress = {});

} // namespace headroom
