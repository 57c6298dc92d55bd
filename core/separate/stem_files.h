#pragma once

#include "core/audio/audio_buffer.h"
#include "core/audio/audio_writer.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace headroom {

/// What is asked for as a stem of this name is the input without the stems that are written beside it
/// (without all stems of the model where none is). A model may have a stem of this name: then it means that.
inline constexpr const char* restName = "rest";

/// The stems of one song as sound files: all opened before the first frame, and none under its name before
/// commit(). One thread.
class StemFiles {
public:
    /// @param folder  an existing folder; files become folder/<stem>.wav or .flac,
    ///               stem being safeFileName's
    /// @param modelStems what write() will be given  @param chosen which of them to write, and maybe restName
    /// Throws Error (Input) for a name that is neither, and for two that would be one file, (Failure) where a
    /// file cannot be opened.
    StemFiles(const std::filesystem::path& folder, std::span<const std::string> modelStems,
              std::span<const std::string> chosen, const AudioSpec& spec);

    /// The next frames of the input and of every stem of the model, as many of each.
    void write(const AudioBuffer& input, const std::vector<AudioBuffer>& stems);

    /// Gives all files their names. Throws Error (Failure).
    void commit();

    const std::vector<std::filesystem::path>& paths() const { return paths_; }
    std::int64_t clippedSamples() const; ///< beyond full scale, in all files

    /// Whether the files sum to the input: `rest` is among them, beside stems.
    bool sumsToInput() const { return rest_ && chosenStems_ > 0; }
    /// Energy of the input minus the sum of the files as they read back, relative to the input's, in dB;
    /// minus infinity where they agree to the last bit.
    double nullTestDecibels() const;

private:
    SampleEncoding encoding_;
    std::vector<std::ptrdiff_t> sources_; ///< by file: which stem of the model; -1: the rest
    std::vector<AudioWriter> writers_;
    std::vector<std::filesystem::path> paths_;
    bool rest_ = false;
    int chosenStems_ = 0;
    double inputEnergy_ = 0;
    double residualEnergy_ = 0;
};

} // namespace headroom
