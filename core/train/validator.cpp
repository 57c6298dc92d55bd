// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/validator.h"

#include "core/audio/audio_file.h"
#include "core/audio/bad_samples.h"
#include "core/config/metric_keys.h"
#include "core/metrics/stem_score.h"
#include "core/separate/separate_song.h"
#include "core/support/error.h"
#include "core/values/metric.h"

#include <fmt/format.h>

#include <algorithm>

namespace headroom {

Validator::Validator(std::vector<Song> songs, AudioFormat format, std::vector<std::string> targets,
                     const TrainingConfig& training, std::shared_ptr<Outage> outage)
    : songs_(std::move(songs)), format_(format), targets_(std::move(targets)),
      metrics_(validationMetrics(training)), best_(training.bestMetric), outage_(std::move(outage)) {
    for (const Song& song : songs_) {
        for (const std::string& target : targets_) {
            if (song.find(target) == nullptr)
                throw Error(ErrorKind::Input,
                            fmt::format("validation song '{}' has no stem '{}'", song.name, target),
                            song.folder.string(), "Add the file, or change data.targets or data.validation.");
        }
    }
}

void Validator::dryRun(const SegmentModel& model) const {
    for (const Song& song : songs_) {
        try {
            dryRun(model, song);
            return;
        } catch (const BadSamplesError&) { // NOLINT(bugprone-empty-catch): run() leaves the song out
        }
    }
}

void Validator::dryRun(const SegmentModel& model, Song song) const {
    song.frames = std::min(song.frames, model.segmentFrames);
    AudioBuffer mixture = read(song, mixtureName, format_);
    auto estimates = separateSong(model, mixture);
    score(song, std::move(mixture), std::move(*estimates));
}

std::optional<Validation> Validator::run(const SegmentModel& model, const std::stop_token& stop,
                                         const OnSong& onSong) const {
    const auto results = score(model, stop, onSong, 0, 1);
    return results ? std::optional(summarize(*results)) : std::nullopt;
}

std::optional<std::vector<SongResult>> Validator::score(const SegmentModel& model,
                                                        const std::stop_token& stop, const OnSong& onSong,
                                                        int rank, int ranks) const {
    std::vector<SongResult> results;
    for (auto number = static_cast<std::size_t>(rank); number < songs_.size();
         number += static_cast<std::size_t>(ranks)) {
        const Song& song = songs_[number];
        SongResult& result = results.emplace_back(SongResult{number, song.name});
        try {
            AudioBuffer mixture = read(song, mixtureName, format_);
            auto estimates = separateSong(model, mixture, stop);
            if (!estimates)
                return std::nullopt;
            result.stems = score(song, std::move(mixture), std::move(*estimates));
        } catch (const OutageError&) {
            if (stop.stop_requested())
                return std::nullopt;
            throw;
        } catch (const BadSamplesError& error) {
            result.leftOut = fmt::format("{}: {}", song.name, error.message());
            continue;
        } catch (const Error& error) {
            if (error.kind() == ErrorKind::Input)
                throw;
            result.fault = fmt::format("{}: {}", song.name, error.message());
            continue;
        }
        onSong(song.name, result.stems);
    }
    return results;
}

Validation Validator::summarize(const std::vector<SongResult>& results) const {
    Validation validation;
    std::map<std::string, std::vector<StemScore>> byStem;
    for (const SongResult& result : results) {
        if (!result.leftOut.empty())
            validation.leftOut.push_back(result.leftOut);
        if (!result.fault.empty())
            validation.faults.push_back(result.fault);
        if (!result.leftOut.empty() || !result.fault.empty())
            continue;
        ++validation.songs;
        for (const auto& [stem, stemScore] : result.stems)
            byStem[stem].push_back(stemScore);
    }
    for (const auto& [stem, scores] : byStem)
        validation.stems[stem] = scoreOverSongs(scores);
    // A score without the failed songs would be too good.
    if (validation.faults.empty())
        validation.score = meanOverStems(validation.stems, best_);
    return validation;
}

AudioBuffer Validator::read(const Song& song, const std::string& stem, const AudioFormat& format) const {
    return outage_->read(song, [&] { return readFiniteStem(song, stem, format); });
}

std::map<std::string, StemScore> Validator::score(const Song& song, AudioBuffer mixture,
                                                  std::vector<AudioBuffer> estimates) const {
    const AudioFormat scoring = scoringFormat(song, format_);
    mixture = withChannels(std::move(mixture), scoring.channels, song.name);
    std::map<std::string, StemScore> scores;
    for (std::size_t i = 0; i < targets_.size(); ++i)
        scores[targets_[i]] = scoreStem(read(song, targets_[i], scoring),
                                        withChannels(std::move(estimates[i]), scoring.channels, song.name),
                                        mixture, scoring.sampleRate, metrics_);
    return scores;
}

} // namespace headroom
