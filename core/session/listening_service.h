#pragma once

#include "core/config/run_config.h"
#include "core/values/listening.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace headroom {

/// Reads, measures and draws what one listens to, in the background, one piece of work after the other.
/// Calls return at once, from any thread; answers come on the worker's thread, each with the number of its
/// request, and whoever gets them drops those that came too late. Destruction joins; no answer comes after
/// it.
class ListeningService {
public:
    virtual ~ListeningService() = default;

    /// The songs of a data set. @param config says which of them are for validation
    virtual void listSongs(std::uint64_t number, const std::string& dataset, const RunConfig& config,
                           std::function<void(const SongList&)> answer) = 0;

    /// The checkpoints that a run still has.
    virtual void listCheckpoints(std::uint64_t number, const std::string& runFolder,
                                 std::function<void(const CheckpointList&)> answer) = 0;

    /// Decodes the mixture and the stems of a song: SongOpened, then SongPart after SongPart, then
    /// SongLoaded; or SongFailed, at any time. Another call ends what is left of the last without a word, and
    /// drops what is still to be measured and drawn.
    /// @param sampleRate of all sounds in Hz; 0: that of the song's first file
    virtual void load(std::uint64_t number, const SongAudio& song, int sampleRate,
                      std::function<void(const SongEvent&)> sink) = 0;

    virtual void measureLoudness(std::uint64_t number, const AudioSum& sound, int sampleRate,
                                 std::function<void(const LoudnessAnswer&)> answer) = 0;

    /// SDR second by second. The estimate may be shorter: only whole seconds of it count.
    virtual void measureSdr(std::uint64_t number, const AudioSum& estimate, const AudioSum& reference,
                            int sampleRate, std::function<void(const SdrAnswer&)> answer) = 0;

    /// Peaks of the frames [begin, begin + frames). @param begin multiple of framesPerPeak
    virtual void findPeaks(std::uint64_t number, const AudioSum& sound, std::int64_t begin,
                           std::int64_t frames, std::function<void(const PeaksAnswer&)> answer) = 0;

    /// Spectrogram tiles, in this order. Another call drops what is left of the last.
    virtual void drawTiles(std::vector<TileRequest> tiles,
                           std::function<void(const SpectrogramTile&)> answer) = 0;
};

} // namespace headroom
