// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// Audio for playback: stereo, interleaved, full scale = 1.0.
namespace headroom {

class ScratchFile;

/// Interleaved samples, two per frame. Immutable, since threads share it.
using AudioBlock = std::shared_ptr<const std::vector<float>>;

/// Audio in blocks that can be appended to. A value: copies share the blocks. Not thread-safe. The beginning
/// is in memory, the rest of long audio in a temporary file, so that hours of it take no more memory.
class PlaybackAudio {
public:
    /// Frames from the beginning that are in memory: 64 MiB, about three minutes.
    static constexpr std::int64_t framesInMemory = std::int64_t{64} << 17;

    /// Without space on the disk, all blocks stay in memory.
    /// @param block at least one frame
    void append(AudioBlock block);

    std::int64_t frames() const { return frames_; }

    /// Adds the frames from `begin` on, times `gain`, to `out`, which holds two samples per frame. Adds
    /// nothing outside of the audio, nor if the disk fails, which is logged.
    /// @param begin may be negative
    void addTo(std::span<float> out, std::int64_t begin, float gain) const;

private:
    struct Piece {
        std::int64_t begin = 0;
        std::int64_t frames = 0;
        AudioBlock block;        ///< null: in the file
        std::int64_t offset = 0; ///< in the file
    };
    /// The offset of the block in the file; absent if it cannot be written.
    std::optional<std::int64_t> writeToFile(const std::vector<float>& samples);
    void addPiece(const Piece& piece, std::int64_t from, std::span<float> target, float gain) const;

    std::vector<Piece> pieces_; ///< by begin, without gaps
    std::int64_t frames_ = 0;
    std::shared_ptr<ScratchFile> file_; ///< null: all in memory
};

/// A weighted sum of audio, such as the mixture minus the vocals.
struct AudioSum {
    struct Term {
        PlaybackAudio audio;
        float gain = 1;
    };
    std::vector<Term> terms;

    /// Length of the shortest term, frames.
    std::int64_t frames() const;
    /// Frames [begin, begin + frames), interleaved; terms are zero outside of their audio.
    std::vector<float> read(std::int64_t begin, std::int64_t frames) const;
};

/// The audio files of a stem.
struct StemAudio {
    std::string stem;
    std::vector<std::string> paths; ///< at least one; the stem is their sum
};

/// A song for playback: from a data set, or a single audio file.
struct SongAudio {
    std::string name;
    std::string split;            ///< "train", "validation" or "test"; empty for a single file
    std::string mixture;          ///< audio file; empty: the sum of the stems
    std::vector<StemAudio> stems; ///< sorted by name; empty for a single file
};

} // namespace headroom
