// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"
#include "core/audio/audio_writer.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace headroom {

/// The name of the rest: the input minus the stems that are also written, or minus all stems of the model if
/// none is. If the model has a stem with this name, the name means that stem.
inline constexpr const char* restName = "rest";

/// A file for a stem of the model, or for restName.
struct StemFile {
    std::string stem;
    std::filesystem::path path; ///< in an existing folder
};

/// Writes the stems of one song to audio files. All files are opened before the first frame, and appear under
/// their names only with commit(). One thread.
class StemFiles {
public:
    /// Throws Error (Input) for an unknown stem and for two stems with the same path, (Failure) if a file
    /// cannot be opened.
    /// @param files      of the stems to write
    /// @param modelStems stems that write() will receive
    StemFiles(std::span<const StemFile> files, std::span<const std::string> modelStems,
              const AudioSpec& spec);

    /// Writes the next frames. The input and every stem of the model have the same number of frames.
    void write(const AudioBuffer& input, const std::vector<AudioBuffer>& stems);

    /// Moves all files to their paths. Throws Error (Failure).
    void commit();

    const std::vector<std::filesystem::path>& paths() const { return paths_; }
    std::int64_t clippedSamples() const; ///< in all files

    /// Energy of the difference between the input and the sum of the files as read back, relative to the
    /// input's energy, in dB. Minus infinity if they are bit-identical. Absent unless the files sum to the
    /// input: the rest and at least one stem are written, without loss.
    std::optional<double> nullTestDecibels() const;

private:
    bool sumsToInput() const;

    SampleEncoding encoding_;
    std::vector<std::ptrdiff_t> sources_; ///< by file: index of the model's stem; -1: the rest
    std::vector<AudioWriter> writers_;
    std::vector<std::filesystem::path> paths_;
    bool rest_ = false;
    int chosenStems_ = 0;
    double inputEnergy_ = 0;
    double residualEnergy_ = 0;
};

} // namespace headroom
