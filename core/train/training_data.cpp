// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/training_data.h"

#include "core/data/sampler.h"
#include "core/data/songs_summary.h"
#include "core/data/validation_split.h"
#include "core/support/error.h"
#include "core/train/audition.h"

#include <fmt/format.h>

#include <utility>

namespace headroom {

TrainingData openTrainingData(const RunConfig& config, std::shared_ptr<Outage> outage) {
    const DataConfig& data = config.data;
    if (data.root.empty())
        throw Error(ErrorKind::Input, "no data set is configured", "data.root",
                    "Choose the folder of the songs with --data or data.root.");
    const AudioFormat format{config.audio.sampleRate, config.audio.channels};
    const SongLibrary library = openLibrary(data, format);
    DividedSongs songs =
        divideSongs(library, data.validation, static_cast<std::uint64_t>(config.training.seed));

    std::vector<std::string> notices = library.notices;
    notices.insert(notices.end(), songs.notices.begin(), songs.notices.end());
    auto training = songsWithTargets(songs.training, data, notices);
    std::string summary =
        fmt::format("{} to train, {} to validate", songsSummary(training), songsSummary(songs.validation));
    std::optional<Song> audition;
    if (config.training.auditionSeconds > 0 && !songs.validation.empty())
        audition = auditionSong(songs.validation, config.training.auditionSong);
    Validator validator(std::move(songs.validation), format, data.targets, config.training,
                        std::move(outage));
    return {std::move(training), std::move(validator), std::move(audition), std::move(notices),
            std::move(summary)};
}

} // namespace headroom
