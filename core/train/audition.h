// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/data/outage.h"
#include "core/data/song_library.h"
#include "core/separate/segment_model.h"
#include "core/session/run_paths.h"
#include "core/values/events.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace headroom {

/// A few seconds of a song that are separated after every validation and kept in the run folder, so that one
/// can hear what the run learns:
/// - auditions/song/: the mixture and the ground truth of the targets, written once.
/// - auditions/step-00001234/: the estimates of the targets.
/// All are FLAC files with 24 bits. One thread.
class Audition {
public:
    /// @param seconds of the song, or all of it if it is shorter
    Audition(RunPaths paths, Song song, const AudioFormat& format, std::vector<std::string> targets,
             double seconds, std::shared_ptr<Outage> outage);

    /// Separates and writes. Absent if a stop was requested. Throws Error, for instance if the disk is full
    /// or the output of the model is NaN.
    std::optional<AuditionSaved> record(const SegmentModel& model, std::int64_t step, int epoch,
                                        const std::stop_token& stop);

private:
    void choosePart();
    AudioBuffer read(const std::string& stem) const;
    void write(const std::string& folder, const std::string& stem, const AudioBuffer& audio) const;

    RunPaths paths_;
    Song song_;
    AudioFormat format_;
    std::vector<std::string> targets_;
    std::int64_t frames_;
    std::optional<std::int64_t> begin_; ///< absent before the first recording
    std::shared_ptr<Outage> outage_;
};

/// The song with this name, or the first one if the name is empty. Throws Error (Input) if there is none.
const Song& auditionSong(const std::vector<Song>& songs, const std::string& name);

} // namespace headroom
