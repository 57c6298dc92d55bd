// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/equalizer.h"
#include "core/audio/high_shelf.h"
#include "core/audio/stereo_image.h"
#include "core/audio/time_pitch.h"
#include "core/config/run_config.h"
#include "core/data/random_stream.h"
#include "core/data/song_library.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace headroom {

/// A segment of the same stem that is averaged with that of the plan.
struct MixupPlan {
    const Song* song = nullptr; ///< belongs to the sampler
    std::int64_t first = 0;     ///< first frame in the song
    float gain = 1;             ///< relative to that of the plan
};

/// One stem of an example, before it is read.
struct StemPlan {
    const Song* song = nullptr; ///< belongs to the sampler
    std::string stem;
    std::int64_t first = 0; ///< first frame in the song, at the sample rate of the library
    float gain = 1;
    double semitones = 0;   ///< pitch shift by resampling, which also changes the tempo
    bool isSwapped = false; ///< exchange left and right, before the stereo image is applied
    StereoImage image;
    HighShelf shelf;
    bool isDropped = false;  ///< replaced by silence
    bool isInverted = false; ///< in polarity
    Equalizer equalizer = {};
    std::optional<MixupPlan> mixup = {};
    TimePitch timePitch = {}; ///< after the mixup
};

/// The stems of an example.
struct ExamplePlan {
    std::vector<StemPlan> stems;     ///< sorted by name; with MixtureSource::File the targets only
    std::optional<StemPlan> mixture; ///< absent: the sum of the stems
    bool keepIfSilent = false;       ///< use the example even if its targets are silent
};

/// The songs that have every target, and those that are not complete. Throws Error (Input) if a complete song
/// lacks a target, or the mixture file with MixtureSource::File, with FileErrorPolicy::Fail; skips the song
/// with a notice, with FileErrorPolicy::Skip. Throws Error if no song is left, no target is given, a target
/// is "mixture" or listed twice, or no song has a stem of data.pitchStems or data.stretchStems; and with
/// IncompleteSongs::Mix, if no song has one of data.stems, or no song has all of them and segments may have
/// all stems from one song.
std::vector<Song> songsWithTargets(const std::vector<Song>& songs, const DataConfig& data,
                                   std::vector<std::string>& notices);

/// Draws training examples. A plan is a pure function of the seed, the songs, the configuration and the
/// example number, and is the same on every platform.
///
/// Source: a complete song is drawn uniformly, and the example has its stems; without any complete song, it
/// has data.stems. With DataConfig::randomMixProbability the example is mixed: each stem comes from its own
/// song, drawn uniformly from the songs that have the stem, at its own offset, and is dropped with
/// probability DataConfig::stemDropout. Otherwise the example is aligned: all stems come from the drawn song,
/// at the same offset. Offsets are uniform over all positions at which the segment lies within the song. In a
/// song shorter than the segment, the offset is 0 and zeros follow the song.
///
/// Activity: with DataConfig::activityWindow, active windows are drawn instead of songs, all with equal
/// probability: for a stem of a mixed example the windows of that stem, for an aligned example those of the
/// targets. Offsets are uniform over all positions at which the segment lies within the window. A longer
/// segment starts at the window, or earlier if the song ends too soon. A stem without any active window is
/// drawn from entire songs.
///
/// Augmentation, drawn per stem in a mixed example and once in an aligned one: pitch shift, uniform over the
/// integer semitones in [-pitchShift, pitchShift], channel swap, with channelSwapProbability, inverted
/// polarity, with polarityProbability, and of the stems that pitchStems and stretchStems name, pitch alone,
/// with pitchProbability uniform in [pitchMin, pitchMax] semitones, and tempo alone, with stretchProbability
/// uniform in [stretchMin, stretchMax]. Drawn per stem in every example: gain, uniform in [gainMin, gainMax];
/// stereo image, with s = stereoSpread: width in [1 - s, 1 + s / 2], balance in [-s / 2, s / 2], and with
/// probability 1/2 an echo of gain [-s, s] after 3 to 30 ms; high shelf, gain in [-shelfGain, shelfGain] dB,
/// corner frequency in [200, 4000] Hz, log-uniform; with equalizerProbability an equalizer, each band with a
/// gain in [-equalizerGain, equalizerGain] dB, and frequencies in the ranges of audiomentations'
/// SevenBandParametricEQ, log-uniform. In a mixed example, with mixupProbability: the average with a second
/// segment of the stem, drawn like the first, with its own gain and the same other changes.
///
/// With MixtureSource::File, every example is aligned and has one gain, for the mixture file and all targets.
class Sampler {
public:
    /// @param songs see songsWithTargets; opened at `sampleRate`; SongStem::activeWindows must be set if
    ///              DataConfig::activityWindow is
    Sampler(std::vector<Song> songs, const DataConfig& data, int sampleRate, std::uint64_t seed);
    Sampler(const Sampler&) = delete; // plans point to its songs
    Sampler& operator=(const Sampler&) = delete;

    /// Draw number `attempt`, from 0, of an example; later draws replace one that cannot be used. The start
    /// of a segment depends only slightly on its length. Thread-safe.
    ExamplePlan plan(std::int64_t example, int attempt, std::int64_t frames) const;

private:
    /// A range of a song that segments are drawn from: the entire song or an active window.
    struct Range {
        const Song* song;
        std::int64_t first;
        std::int64_t frames;
    };
    struct Cut {
        Range from;
        double position; ///< [0, 1), fraction of the possible offsets
        double semitones;
        bool isSwapped;

        /// First frame of a segment of this many frames.
        std::int64_t offset(std::int64_t frames) const;
    };
    void addActiveWindows();
    std::vector<std::string> stemsOf(const Song& song) const;
    void useMixtureFile(ExamplePlan& plan) const;
    Cut drawCut(RandomStream& random, const std::vector<Range>& ranges) const;
    double drawGain(RandomStream& random) const;
    StereoImage drawImage(RandomStream& random) const;
    HighShelf drawShelf(RandomStream& random) const;
    Equalizer drawEqualizer(RandomStream& random) const;
    TimePitch drawTimePitch(RandomStream& random) const;
    TimePitch allowed(const TimePitch& drawn, const std::string& stem) const;
    /// The second segment of a mixup, and its gain relative to that of the plan.
    struct Second {
        Cut cut;
        float gain;
    };
    std::optional<Second> drawMixup(RandomStream& random, const StemPlan& stem) const;
    void place(StemPlan& stem, const Cut& cut, const std::optional<Second>& second,
               std::int64_t frames) const;

    std::vector<Song> songs_;
    std::vector<Range> aligned_;                      // for aligned examples
    std::map<std::string, std::vector<Range>> mixed_; // for mixed examples, by stem
    DataConfig data_;
    int sampleRate_;
    std::uint64_t seed_;
};

} // namespace headroom
