#pragma once

#include "core/audio/audio_buffer.h"
#include "core/config/run_config.h"
#include "core/separate/chunk_model.h"

#include <vector>

namespace headroom {

class BsMamba2;

/// Has the model separate one chunk, without gradients: one sound a stem, with the chunk's channels and
/// frames. Chunks that are too short for its STFT are followed by zeros for it.
/// @param chunk of the model's channel count, at least one frame
std::vector<AudioBuffer> separateChunk(const BsMamba2& model, const AudioBuffer& chunk);

/// What separation must know of the model of this configuration; `separate` is left to the caller.
ChunkModel chunkModel(const RunConfig& config);

} // namespace headroom
