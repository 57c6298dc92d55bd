// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/audition.h"

#include "core/audio/audio_file.h"
#include "core/data/loudest_part.h"
#include "core/separate/separate_song.h"
#include "core/support/system_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <system_error>
#include <utility>

namespace headroom {
namespace {

constexpr const char* songFolder = "song";

void makeAuditionFolder(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        throw systemError("cannot create the folder", folder, error.value());
}

} // namespace

Audition::Audition(RunPaths paths, Song song, const AudioFormat& format, std::vector<std::string> targets,
                   double seconds, std::shared_ptr<Outage> outage)
    : paths_(std::move(paths)), song_(std::move(song)), format_(format), targets_(std::move(targets)),
      frames_(std::min<std::int64_t>(song_.frames, std::llround(seconds * format.sampleRate))),
      outage_(std::move(outage)) {}

std::optional<AuditionSaved> Audition::record(const SegmentModel& model, std::int64_t step, int epoch,
                                              const std::stop_token& stop) {
    if (!begin_)
        choosePart();
    const auto estimates = separateSong(model, read(mixtureName), stop);
    if (!estimates)
        return std::nullopt;
    const std::string folder = fmt::format("step-{:08}", step);
    for (std::size_t i = 0; i < targets_.size(); ++i)
        write(folder, targets_[i], (*estimates)[i]);
    const double rate = format_.sampleRate;
    return AuditionSaved{.step = step,
                         .epoch = epoch,
                         .song = song_.name,
                         .begin = static_cast<double>(*begin_) / rate,
                         .seconds = static_cast<double>(frames_) / rate,
                         .folder = (paths_.auditions().filename() / folder).string(),
                         .stems = targets_};
}

/// Chooses where the first target is loudest, and writes what is compared with.
void Audition::choosePart() {
    const AudioBuffer stem = outage_->read(song_, [&] { return readStem(song_, targets_.front(), format_); });
    begin_ = loudestPart(stem, frames_, format_.sampleRate);
    write(songFolder, mixtureName, read(mixtureName));
    for (const std::string& target : targets_)
        write(songFolder, target, read(target));
}

AudioBuffer Audition::read(const std::string& stem) const {
    return outage_->read(song_, [&] { return readStem(song_, stem, format_, *begin_, frames_); });
}

void Audition::write(const std::string& folder, const std::string& stem, const AudioBuffer& audio) const {
    makeAuditionFolder(paths_.auditions() / folder);
    writeAudio(paths_.auditions() / folder / (stem + fileExtension(AudioContainer::Flac)), audio,
               {.sampleRate = format_.sampleRate,
                .container = AudioContainer::Flac,
                .encoding = SampleEncoding::Pcm24});
}

const Song& auditionSong(const std::vector<Song>& songs, const std::string& name) {
    const auto found = name.empty() ? songs.begin() : std::ranges::find(songs, name, &Song::name);
    if (found == songs.end())
        throw Error(ErrorKind::Input, fmt::format("there is no validation song '{}'", name),
                    "training.audition_song",
                    "Name a song of the validation, or leave it empty for the first.");
    return *found;
}

} // namespace headroom
