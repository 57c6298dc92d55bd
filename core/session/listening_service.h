// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/values/listening.h"
#include "core/values/model_shelf.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace headroom {

/// Loads and analyzes songs for playback in the background, one request after another. Thread-safe; calls
/// return immediately. Answers arrive on the worker thread with the number of their request; the receiver
/// ignores outdated numbers. The destructor joins; no answer arrives after it.
class ListeningService {
public:
    virtual ~ListeningService() = default;

    /// Lists the songs of a data set.
    /// @param config determines the validation songs
    virtual void listSongs(std::uint64_t number, const std::string& dataset, const RunConfig& config,
                           std::function<void(const SongList&)> answer) = 0;

    /// Lists the checkpoints of a run.
    virtual void listCheckpoints(std::uint64_t number, const std::string& runFolder,
                                 std::function<void(const CheckpointList&)> answer) = 0;

    /// Lists the weights on the model shelf of the user.
    virtual void listModels(std::uint64_t number, std::function<void(const ModelShelf&)> answer) = 0;

    /// Decodes the mixture and the stems of a song. Emits SongOpened, any number of SongPart and SongLoaded,
    /// or SongFailed at any time. A new call silently cancels the previous load and discards its pending
    /// measurements and tiles.
    /// @param sampleRate output sample rate, Hz; 0: that of the song's first file
    virtual void load(std::uint64_t number, const SongAudio& song, int sampleRate,
                      std::function<void(const SongEvent&)> sink) = 0;

    virtual void measureLoudness(std::uint64_t number, const AudioSum& audio, int sampleRate,
                                 std::function<void(const LoudnessAnswer&)> answer) = 0;

    /// The SDR of each second. The estimate may be shorter; only its complete seconds count.
    virtual void measureSdr(std::uint64_t number, const AudioSum& estimate, const AudioSum& truth,
                            int sampleRate, std::function<void(const SdrAnswer&)> answer) = 0;

    /// The peaks of the frames [begin, begin + frames).
    /// @param begin a multiple of framesPerPeak
    virtual void findPeaks(std::uint64_t number, const AudioSum& audio, std::int64_t begin,
                           std::int64_t frames, std::function<void(const PeaksAnswer&)> answer) = 0;

    /// Computes spectrogram tiles in this order. A new call drops what remains of the previous one.
    virtual void drawTiles(std::vector<TileRequest> tiles,
                           std::function<void(const SpectrogramTile&)> answer) = 0;
};

} // namespace headroom
