#include "core/separate/model_chunk.h"

#include "core/model/bs_mamba2.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>

namespace headroom {

std::vector<AudioBuffer> separateChunk(const BsMamba2& model, const AudioBuffer& chunk) {
    const at::NoGradGuard guard;
    const std::int64_t shortest = model.shape().nFft / 2 + 1;
    at::Tensor mixture = at::zeros({1, chunk.channels(), std::max(chunk.frames(), shortest)});
    for (int c = 0; c < chunk.channels(); ++c)
        std::ranges::copy(chunk.channel(c), mixture[0][c].data_ptr<float>());

    const at::Tensor weight = model.parameters().entries().front().value;
    const at::Tensor stems = model.forward(mixture.to(weight.options()))[0].to(at::kCPU, at::kFloat);
    std::vector<AudioBuffer> sounds(static_cast<std::size_t>(stems.size(0)),
                                    AudioBuffer(chunk.channels(), chunk.frames()));
    for (std::size_t s = 0; s < sounds.size(); ++s) {
        for (int c = 0; c < chunk.channels(); ++c) {
            const at::Tensor samples = stems[static_cast<std::int64_t>(s)][c].contiguous();
            std::copy_n(samples.data_ptr<float>(), chunk.frames(), sounds[s].channel(c).begin());
        }
    }
    return sounds;
}

ChunkModel chunkModel(const RunConfig& config) {
    ChunkModel model;
    model.sampleRate = config.audio.sampleRate;
    model.channels = config.audio.channels;
    model.stems = config.data.targets;
    model.chunkFrames = std::llround(config.separation.chunkSeconds * config.audio.sampleRate);
    model.overlap = config.separation.overlap;
    model.alignment = config.audio.hopLength;
    return model;
}

} // namespace headroom
