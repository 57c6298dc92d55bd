// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/error.h"
#include "core/values/model_source.h"
#include "core/values/playback_audio.h"
#include "core/values/separation.h"

#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace headroom {

/// A song to separate for playback.
struct SongSeparation {
    std::uint64_t number = 0; ///< identifies the job; copied to its events
    ModelSource model;
    PlaybackAudio mixture;
    int sampleRate = 44100; ///< Hz, of the mixture and the stems
};

struct SeparationStarted {
    std::uint64_t number = 0;
    std::vector<std::string> stems; ///< names, in the order of StemBlocks
    std::string weights;            ///< the weights file in use
    std::string device;             ///< "cpu", "cuda:0"
    std::vector<std::string> notices;
};

/// The next frames of every stem.
struct StemBlocks {
    std::uint64_t number = 0;
    std::vector<AudioBlock> stems; ///< the same number of frames each
    double share = 0;              ///< fraction of the song that is done, 0 ... 1
};

struct ExportProgress {
    std::uint64_t number = 0;
    SeparationState state;
};

/// The job is done. `summary` lists what an export wrote; it is empty for a song.
struct SeparationDone {
    std::uint64_t number = 0;
    SeparationSummary summary;
};

struct SeparationCanceled {
    std::uint64_t number = 0;
};

struct SeparationFailed {
    std::uint64_t number = 0;
    Error error;
};

using SeparationEvent = std::variant<SeparationStarted, StemBlocks, ExportProgress, SeparationDone,
                                     SeparationCanceled, SeparationFailed>;

/// Separates in the background, one job after another. Thread-safe; calls return immediately. Events arrive
/// one after another on threads of the service and end, for each number, with SeparationDone,
/// SeparationCanceled or SeparationFailed. The destructor cancels and joins; no event arrives after it.
class SeparationService {
public:
    using Sink = std::function<void(const SeparationEvent&)>;
    virtual ~SeparationService() = default;

    /// Separates a song in memory. Emits the stems in order, so that playback can start while the rest is
    /// still being computed; they have as many frames as the mixture.
    virtual void separate(const SongSeparation& song, Sink sink) = 0;

    /// Separates audio files into stem files, like `headroom separate`.
    virtual void exportStems(std::uint64_t number, const SeparationRequest& request, Sink sink) = 0;

    /// Cancels this job, whether it has started or not.
    virtual void cancel(std::uint64_t number) = 0;

    /// Limits the computing to one CPU core from the next batch on, while a run trains on this machine.
    virtual void setSingleCore(bool on) = 0;
};

} // namespace headroom
