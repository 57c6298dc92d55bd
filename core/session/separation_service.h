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

/// A song to separate so that one can listen to it.
struct SongSeparation {
    std::uint64_t number = 0; ///< of this piece of work; each event tells it
    ModelSource model;
    PlaybackAudio mixture;
    int sampleRate = 44100; ///< Hz, of the mixture and of the stems
};

struct SeparationBegun {
    std::uint64_t number = 0;
    std::vector<std::string> stems; ///< their names, in the order of StemBlocks
    std::string weights;            ///< the file that is used
    std::string device;             ///< "cpu", "cuda:0"
    std::vector<std::string> notices;
};

/// The next frames of every stem.
struct StemBlocks {
    std::uint64_t number = 0;
    std::vector<AudioBlock> stems; ///< as many frames of each
    double share = 0;              ///< of the song that is done, 0 ... 1
};

struct ExportProgress {
    std::uint64_t number = 0;
    SeparationState state;
};

/// The work is done. What an export wrote is in `summary`; for a song it is empty.
struct SeparationDone {
    std::uint64_t number = 0;
    SeparationSummary summary;
};

struct SeparationCancelled {
    std::uint64_t number = 0;
};

struct SeparationFailed {
    std::uint64_t number = 0;
    Error error;
};

using SeparationEvent = std::variant<SeparationBegun, StemBlocks, ExportProgress, SeparationDone,
                                     SeparationCancelled, SeparationFailed>;

/// Separates in the background, one piece of work after the other. Calls return at once, from any thread;
/// events come on the worker's thread and end, for each number, with one of SeparationDone,
/// SeparationCancelled and SeparationFailed. Destruction cancels and joins; no event comes after it.
class SeparationService {
public:
    using Sink = std::function<void(const SeparationEvent&)>;
    virtual ~SeparationService() = default;

    /// Separates a song in memory. Its stems come in order, so that one can listen while the rest is still
    /// being computed; they have as many frames as the mixture.
    virtual void separate(const SongSeparation& song, Sink sink) = 0;

    /// Separates sound files into stem files, as `headroom separate` does.
    virtual void exportStems(std::uint64_t number, const SeparationRequest& request, Sink sink) = 0;

    /// Ends this piece of work soon, whether begun or not.
    virtual void cancel(std::uint64_t number) = 0;

    /// While a run trains on this machine the work takes one processor core, from its next chunk on.
    virtual void setSparing(bool sparing) = 0;
};

} // namespace headroom
