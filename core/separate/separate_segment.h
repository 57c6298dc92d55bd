// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"
#include "core/config/run_config.h"
#include "core/separate/segment_model.h"

#include <ATen/core/Tensor.h>

#include <vector>

namespace headroom {

class BandSplitModel;

/// Separates one segment without gradients. Returns one buffer per stem, each with the segment's channels and
/// frames. Zero-pads segments that are too short for the model's STFT.
/// @param segment of the model's channel count, at least one frame
std::vector<AudioBuffer> separateSegment(const BandSplitModel& model, const AudioBuffer& segment);

/// Runs the model on the audio of one segment without gradients, in the memory of the model's device.
/// @param mixture [1, channels, samples], on any device
/// @return [stems, channels, samples], on the model's device
at::Tensor separateOnDevice(const BandSplitModel& model, const at::Tensor& mixture);

/// Makes the description of this configuration's model. The caller sets `separate`.
SegmentModel makeSegmentModel(const RunConfig& config);

} // namespace headroom
