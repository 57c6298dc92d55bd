#pragma once

#include "core/audio/audio_writer.h"
#include "core/separate/chunk_model.h"
#include "core/separate/separate_song.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace headroom {

/// How stems are written.
struct StemOutput {
    std::filesystem::path folder;   ///< exists; the stems of one song go right into it
    std::vector<std::string> stems; ///< of the model, and "rest"
    AudioContainer container = AudioContainer::Wav;
    SampleEncoding encoding = SampleEncoding::Float;
};

/// What became of one file.
struct SeparatedFile {
    std::vector<std::filesystem::path> paths;
    std::int64_t frames = 0;
    int sampleRate = 0;
    std::int64_t clippedSamples = 0;
    std::optional<double>
        nullTestDecibels; ///< see StemFiles; absent where the files need not sum to the input
};

/// Separates a sound file into sound files of its own rate, channels and length; memory does not depend on
/// the length. Absent, with nothing left behind, where a stop was requested, which is looked at before every
/// chunk. Throws Error (Input) for a file that cannot be read, (Failure) where the model or the disk fails.
std::optional<SeparatedFile> separateFile(const ChunkModel& model, const std::filesystem::path& input,
                                          const StemOutput& output, const std::stop_token& stop,
                                          const SeparationProgress& progress);

} // namespace headroom
