// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

/// Audio for playback: stereo, interleaved, full scale = 1.0.
namespace headroom {

/// Interleaved samples, two per frame. Immutable, since threads share it.
using AudioBlock = std::shared_ptr<const std::vector<float>>;

/// Audio in blocks that can be appended to. A value: copies share the blocks. Not thread-safe.
class PlaybackAudio {
public:
    /// @param block at least one frame
    void append(AudioBlock block);

    std::int64_t frames() const { return frames_; }

    /// Adds the frames from `begin` on, times `gain`, to `out`, which holds two samples per frame. Adds
    /// nothing outside of the audio.
    /// @param begin may be negative
    void addTo(std::span<float> out, std::int64_t begin, float gain) const;

private:
    struct Piece {
        std::int64_t begin = 0;
        AudioBlock block;
    };
    std::vector<Piece> pieces_; ///< by begin, without gaps
    std::int64_t frames_ = 0;
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
