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
    return model.forward(mixture.to(weight.options()));
}

std::vector<SegmentStems> separateSegments(const BandSplitModel& model,
                                           std::span<const AudioBuffer> segments) {
    const std::int64_t frames = segments.front().frames();
    const int channels = segments.front().channels();
    const std::int64_t shortest = model.shape().nFft / 2 + 1;
    const auto count = static_cast<std::int64_t>(segments.size());
    const at::Tensor mixture = at::zeros({count, channels, std::max(frames, shortest)});
    for (std::int64_t i = 0; i < count; ++i) {
        for (int c = 0; c < channels; ++c)
            std::ranges::copy(segments[i].channel(c), mixture[i][c].data_ptr<float>());
    }

    const at::Tensor separated = separateOnDevice(model, mixture).to(at::kCPU, at::kFloat);
    std::vector<SegmentStems> all(segments.size(), SegmentStems(static_cast<std::size_t>(separated.size(1)),
                                                                AudioBuffer(channels, frames)));
    for (std::int64_t i = 0; i < count; ++i) {
        for (std::int64_t s = 0; s < separated.size(1); ++s) {
            for (int c = 0; c < channels; ++c) {
                const at::Tensor samples = separated[i][s][c].contiguous();
                std::copy_n(samples.data_ptr<float>(), frames, all[i][s].channel(c).begin());
            }
        }
    }
    return all;
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
