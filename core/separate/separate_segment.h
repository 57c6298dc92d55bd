// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"
#include "core/config/run_config.h"
#include "core/separate/segment_model.h"

#include <ATen/core/Tensor.h>

#include <span>
#include <vector>

namespace headroom {

class BandSplitModel;

/// Separates segments together, without gradients. Returns the stems of each, with the channels and frames of
/// the segments. Zero-pads segments that are too short for the model's STFT.
/// @param segments at least one, of the model's channel count and equal length, at least one frame
std::vector<SegmentStems> separateSegments(const BandSplitModel& model,
                                           std::span<const AudioBuffer> segments);

/// Runs the model on the audio of segments without gradients, in the memory of the model's device.
/// @param mixture [segments, channels, samples], on any device
/// @return [segments, stems, channels, samples], on the model's device
at::Tensor separateOnDevice(const BandSplitModel& model, const at::Tensor& mixture);

/// Makes the description of this configuration's model, which separates one segment at a time. The caller
/// sets `separate`.
SegmentModel makeSegmentModel(const RunConfig& config);

} // namespace headroom
