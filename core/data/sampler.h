#pragma once

#include "core/audio/high_shelf.h"
#include "core/audio/stereo_image.h"
#include "core/config/run_config.h"
#include "core/data/random_stream.h"
#include "core/data/song_library.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace headroom {

/// One stem of an example, not yet read.
struct StemPlan {
    const Song* song = nullptr; ///< belongs to the sampler
    std::string stem;
    std::int64_t first = 0; ///< frame of the song at the library's rate
    float gain = 1;
    double semitones = 0;   ///< by which it is made higher, and faster
    bool isSwapped = false; ///< left and right are exchanged, before the image is changed
    StereoImage image;
    HighShelf shelf;
    bool isDropped = false; ///< silence takes its place
};

/// What an example is made of.
struct ExamplePlan {
    std::vector<StemPlan> stems; ///< by name; their sum is the mixture
    bool keepIfSilent = false;   ///< whether it is used although the targets are silent
};

/// The songs that hold every target. A song that lacks one is an Error (Input) with FileErrorPolicy::Fail,
/// and left out with a notice with Skip. Throws Error where none is left, or a target is named "mixture" or
/// twice.
std::vector<Song> songsWithTargets(const std::vector<Song>& songs, const std::vector<std::string>& targets,
                                   FileErrorPolicy policy, std::vector<std::string>& notices);

/// Draws examples: pure functions of the seed, the songs, the configuration and the example's number, the
/// same on every platform.
///
/// A song is drawn uniformly; the example has its stems. With DataConfig::randomMixProbability each stem
/// comes from a song of its own, drawn uniformly from those that have it, at an offset of its own, and is
/// dropped with DataConfig::stemDropout; otherwise all come from that song at one offset. Offsets are uniform
/// over all that keep the chunk within its song; in a song shorter than the chunk it is 0, and zeros follow
/// the song's end.
///
/// With DataConfig::activityWindow it is not songs that are drawn but the active windows of their stems, all
/// equally likely: for a stem of a mixed example those of that stem, for an aligned example those of the
/// targets. Offsets are then uniform over all that keep the chunk within its window; a longer chunk begins
/// where its window does, as far as the song's end allows. A stem without active windows in any song is drawn
/// from anywhere.
///
/// So are drawn the change of
/// pitch, uniform among the whole semitones in [-pitchShift, pitchShift], and, with channelSwapProbability,
/// the exchange of left and right: for each stem of a mixed example, once for an aligned one. For every stem
/// of its own are drawn its gain, uniform in [gainMin, gainMax], its stereo image (with s = stereoSpread:
/// width in [1 - s, 1 + s / 2], balance in [-s / 2, s / 2], for every other stem an echo of up to s after 3
/// to 30 ms) and its shelf (decibels in [-shelfGain, shelfGain], a corner in [200, 4000] Hz, uniform in
/// octaves).
class Sampler {
public:
    /// @param songs at least one, read at `sampleRate`; with DataConfig::activityWindow, with their active
    /// windows
    Sampler(std::vector<Song> songs, const DataConfig& data, int sampleRate, std::uint64_t seed);
    // Plans point to its songs.
    Sampler(const Sampler&) = delete;
    Sampler& operator=(const Sampler&) = delete;

    /// The attempt-th draw of example `example`: the first is 0, those after it are for when a draw cannot be
    /// used. Where a chunk begins, in seconds, hardly depends on its length. Any thread.
    ExamplePlan plan(std::int64_t example, int attempt, std::int64_t frames) const;

private:
    /// A stretch of a song that chunks are drawn from: all of it, or an active window.
    struct Stretch {
        const Song* song;
        std::int64_t first;
        std::int64_t frames;
    };
    /// A place in a stretch, and how the sound there is changed.
    struct Cut {
        Stretch from;
        double place; ///< in [0, 1), of all offsets
        double semitones;
        bool isSwapped;

        /// First frame of a chunk that needs this many.
        std::int64_t offset(std::int64_t frames) const;
    };
    void addActiveWindows();
    Cut drawCut(RandomStream& random, const std::vector<Stretch>& stretches) const;
    StereoImage drawImage(RandomStream& random) const;
    HighShelf drawShelf(RandomStream& random) const;

    std::vector<Song> songs_;
    std::vector<Stretch> aligned_;                      // for examples whose stems belong together
    std::map<std::string, std::vector<Stretch>> mixed_; // for those that are mixed, by stem
    DataConfig data_;
    int sampleRate_;
    std::uint64_t seed_;
};

} // namespace headroom
