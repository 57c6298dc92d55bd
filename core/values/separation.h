// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/model_source.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Separation of audio files into stem files, as plain values.
namespace headroom {

struct SeparationRequest {
    ModelSource model;
    std::vector<std::string> inputs; ///< audio files, and folders of audio files
    bool recursive = false;          ///< also in subfolders, whose stems go to subfolders of the same names
    std::string outputFolder;        ///< created if missing
    /// Path of a stem file in the output folder, without extension. Placeholders: {file_name}, the song,
    /// {instr}, the stem, {dir_name}, the folder of the song, {model}, the weights file or run folder,
    /// {model_type}, {start_time}, when the separation began, in seconds since 1970.
    std::string nameTemplate = "{file_name}/{instr}";
    std::vector<std::string> stems; ///< stems of the model, or "rest"; empty: all stems and "rest"
    std::string format = "wav";     ///< "wav", "flac" or "mp3"
    std::string subtype; ///< "PCM_16", "PCM_24", "FLOAT"; empty: FLOAT in WAV, PCM_24 in FLAC; MP3 has none
    bool overwrite = false;             ///< replace existing files
    std::optional<double> startSeconds; ///< separate only the part of each song from here on
    std::optional<double> endSeconds;   ///< up to here, or to the end of the song if that is earlier
};

/// The result for one input.
struct SeparatedSong {
    std::string input;
    std::vector<std::string> outputs;
    double seconds = 0;              ///< length of the song, or of the part
    std::int64_t clippedSamples = 0; ///< beyond full scale, where PCM clips
    /// Energy of the input minus the sum of the written files, relative to the input, dB; -infinity if they
    /// match to the last bit. Absent unless "rest" and a stem were written.
    std::optional<double> nullTestDecibels;
    std::string error; ///< why it failed; empty if it succeeded
};

struct SeparationState {
    std::size_t song = 0; ///< the first is 1
    std::size_t songs = 0;
    std::string input;
    double secondsDone = 0; ///< seconds of audio, over all songs
    double seconds = 0;     ///< seconds of audio, in all songs
};

struct SeparationSummary {
    std::string device;
    std::string weights;
    std::vector<SeparatedSong> songs;
    bool stopped = false; ///< `songs` lacks those in progress or not started at the stop request
    /// About the model and the inputs, such as a header without a length. Set by SeparationService only.
    std::vector<std::string> notices = {};
    int batchSize = 1; ///< segments that were separated together, at most
};

} // namespace headroom
