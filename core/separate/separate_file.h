// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_writer.h"
#include "core/separate/segment_model.h"
#include "core/separate/separate_stream.h"
#include "core/separate/stem_files.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace headroom {

/// Where and how stems are written.
struct StemOutput {
    std::vector<StemFile> files;
    AudioContainer container = AudioContainer::Wav;
    SampleEncoding encoding = SampleEncoding::Float;
};

/// The result for one file.
struct SeparatedFile {
    std::vector<std::filesystem::path> paths;
    std::int64_t frames = 0;
    int sampleRate = 0;
    std::int64_t clippedSamples = 0;
    std::optional<double> nullTestDecibels; ///< see StemFiles
};

/// Separates an audio file, or a part of it, into files with the same rate, channels, length and tags. Memory
/// does not depend on the length; reading and writing have threads of their own (see separateStream). Checks
/// for a stop request before every batch; if stopped, removes all output and returns an absent result. Throws
/// Error (Input) if the file cannot be read or has no frame of the range, (Failure) if the model or writing
/// fails.
std::optional<SeparatedFile> separateFile(const SegmentModel& model, const std::filesystem::path& input,
                                          const StemOutput& output, const std::stop_token& stop,
                                          const SeparationProgress& progress, const FrameRange& range = {});

} // namespace headroom
