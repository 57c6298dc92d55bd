// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/separate/separate_segment.h"

#include "core/config/audio_length.h"
#include "core/model/band_split_model.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>

namespace headroom {

at::Tensor separateOnDevice(const BandSplitModel& model, const at::Tensor& mixture) {
    const at::NoGradGuard guard;
    const at::Tensor weight = model.parameters().entries().front().value;
    return model.forward(mixture.to(weight.options()))[0];
}

std::vector<AudioBuffer> separateSegment(const BandSplitModel& model, const AudioBuffer& segment) {
    const std::int64_t shortest = model.shape().nFft / 2 + 1;
    at::Tensor mixture = at::zeros({1, segment.channels(), std::max(segment.frames(), shortest)});
    for (int c = 0; c < segment.channels(); ++c)
        std::ranges::copy(segment.channel(c), mixture[0][c].data_ptr<float>());

    const at::Tensor stems = separateOnDevice(model, mixture).to(at::kCPU, at::kFloat);
    std::vector<AudioBuffer> buffers(static_cast<std::size_t>(stems.size(0)),
                                     AudioBuffer(segment.channels(), segment.frames()));
    for (std::size_t s = 0; s < buffers.size(); ++s) {
        for (int c = 0; c < segment.channels(); ++c) {
            const at::Tensor samples = stems[static_cast<std::int64_t>(s)][c].contiguous();
            std::copy_n(samples.data_ptr<float>(), segment.frames(), buffers[s].channel(c).begin());
        }
    }
    return buffers;
}

SegmentModel makeSegmentModel(const RunConfig& config) {
    SegmentModel model;
    model.sampleRate = config.audio.sampleRate;
    model.channels = config.audio.channels;
    model.stems = config.data.targets;
    model.segmentFrames = samplesIn(config.audio, config.separation.chunkSeconds);
    model.overlap = config.separation.overlap;
    model.alignment = config.audio.hopLength;
    return model;
}

} // namespace headroom
