#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

/// Sound to be listened to: always stereo, left and right by turns, full scale 1.
namespace headroom {

/// Samples of a stretch of sound, two a frame; shared between threads, so never changed.
using AudioBlock = std::shared_ptr<const std::vector<float>>;

/// A sound in blocks, which grows at its end. A value: copies share the blocks. One thread at a time.
class PlaybackAudio {
public:
    /// @param block at least one frame
    void append(AudioBlock block);

    std::int64_t frames() const { return frames_; }

    /// Adds `gain` times the frames from `begin` on to `out`, as many as it has room for; nothing where the
    /// sound has none. @param begin may be negative
    void addTo(std::span<float> out, std::int64_t begin, float gain) const;

private:
    struct Piece {
        std::int64_t begin = 0;
        AudioBlock block;
    };
    std::vector<Piece> pieces_; ///< by begin, without gaps
    std::int64_t frames_ = 0;
};

/// A weighted sum of sounds, such as the mixture minus the vocals.
struct AudioSum {
    struct Term {
        PlaybackAudio sound;
        float gain = 1;
    };
    std::vector<Term> terms;

    /// Frames that all terms have.
    std::int64_t frames() const;
    /// Frames [begin, begin + frames), two samples each; zeros where a term has none.
    std::vector<float> read(std::int64_t begin, std::int64_t frames) const;
};

/// A sound file of a song.
struct StemAudio {
    std::string stem;
    std::string path;
};

/// A song that can be listened to: one of a data set, or any sound file.
struct SongAudio {
    std::string name;
    std::string split;            ///< "train", "validation" or "test"; empty for a mere sound file
    std::string mixture;          ///< sound file; empty: the sum of the stems is the mixture
    std::vector<StemAudio> stems; ///< by name; empty for a mere sound file
};

} // namespace headroom
