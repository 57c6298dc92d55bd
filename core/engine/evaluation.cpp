// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/evaluation.h"

#include "core/audio/audio_file.h"
#include "core/audio/bad_samples.h"
#include "core/config/metric_keys.h"
#include "core/data/song_library.h"
#include "core/data/validation_split.h"
#include "core/engine/engine_error.h"
#include "core/engine/full_scores.h"
#include "core/engine/open_model.h"
#include "core/metrics/stem_score.h"
#include "core/metrics/windows.h"
#include "core/separate/load_model.h"
#include "core/separate/separate_song.h"
#include "core/support/error.h"
#include "core/values/metric.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <exception>
#include <filesystem>
#include <limits>
#include <string>
#include <utility>

namespace headroom {
namespace {

std::vector<Song> songsOfSplit(const EvaluationRequest& request, const RunConfig& config,
                               const SongLibrary& library, const EvaluationObserver& observer) {
    if (request.split == "test")
        return library.test;
    if (request.split == "train")
        return library.train;
    if (request.split == "validation" && library.train.empty())
        return library.validation;
    if (request.split == "validation") {
        DividedSongs divided =
            divideSongs(library, config.data.validation, static_cast<std::uint64_t>(config.training.seed));
        for (const std::string& notice : divided.notices)
            observer.onNotice(notice);
        return std::move(divided.validation);
    }
    throw Error(ErrorKind::Input, fmt::format("there is no split '{}'", request.split), {},
                "Use test, train or validation.");
}

/// Throws for a split without songs, and says which have some.
[[noreturn]] void rejectEmptySplit(const EvaluationRequest& request, const SongLibrary& library) {
    std::vector<std::string> others;
    const std::array<std::pair<const char*, std::size_t>, 3> splits = {
        {{"train", library.train.size()},
         {"validation", library.validation.size()},
         {"test", library.test.size()}}};
    for (const auto& [split, songs] : splits) {
        if (songs > 0)
            others.push_back(fmt::format("{} has {} {}", split, songs, songs == 1 ? "song" : "songs"));
    }
    throw Error(ErrorKind::Input, fmt::format("the split '{}' has no songs", request.split), request.data,
                fmt::format("Choose another with --split: {}.", fmt::join(others, ", ")));
}

std::vector<Song> songsOf(const EvaluationRequest& request, const RunConfig& config,
                          const AudioFormat& format, const EvaluationObserver& observer) {
    const SongLibrary library = openLibrary(configuredFor(request.data, config.data), format);
    for (const std::string& notice : library.notices)
        observer.onNotice(notice);
    std::vector<Song> songs = songsOfSplit(request, config, library, observer);
    if (songs.empty())
        rejectEmptySplit(request, library);
    return songs;
}

void requireStems(const std::vector<Song>& songs, const std::vector<std::string>& stems) {
    for (const Song& song : songs) {
        for (const std::string& stem : stems) {
            if (song.find(stem) == nullptr)
                throw Error(ErrorKind::Input, fmt::format("the song has no stem '{}'", stem),
                            song.folder.string(),
                            "The model separates this stem, so its ground truth is needed.");
        }
    }
}

FullScore mediansOf(const BssScores& scores) {
    return {medianOfDefined(scores.sdr), medianOfDefined(scores.isr), medianOfDefined(scores.sir),
            medianOfDefined(scores.sar)};
}

/// Evaluates songs with one model.
class Evaluator {
public:
    Evaluator(const EvaluationRequest& request, const SegmentModel& model)
        : request_(request), model_(model), format_{model.sampleRate, model.channels},
          metrics_(withSdrs(request.metrics)) {}

    const AudioFormat& format() const { return format_; }
    const std::vector<Metric>& metrics() const { return metrics_; }

    /// Absent if a stop was requested. @param progress receives the separated and the total number of frames
    std::optional<SongEvaluation> evaluate(const Song& song, const std::stop_token& stop,
                                           const SeparationProgress& progress) {
        AudioBuffer mixture = readFiniteStem(song, mixtureName, format_);
        auto estimates = separateSong(model_, mixture, stop, progress);
        if (!estimates)
            return std::nullopt;
        const AudioFormat scoring = scoringFormat(song, format_);
        mixture = withChannels(std::move(mixture), scoring.channels, song.name);
        SongEvaluation result{song.name, secondsOf(song), {}};
        std::vector<AudioBuffer> truths;
        for (std::size_t i = 0; i < model_.stems.size(); ++i) {
            truths.push_back(readFiniteStem(song, model_.stems[i], scoring));
            (*estimates)[i] = withChannels(std::move((*estimates)[i]), scoring.channels, song.name);
            const AudioBuffer& truth = truths.back();
            const auto score = [&](const AudioBuffer& estimate) {
                return scoreStem(truth, estimate, mixture, scoring.sampleRate, metrics_);
            };
            result.stems.push_back({model_.stems[i], score((*estimates)[i]), score(mixture),
                                    scoreSilence(truth, mixture, scoring.sampleRate, metrics_),
                                    std::nullopt});
        }
        if (request_.full || !request_.musevalFolder.empty())
            addFullScores(song, scoring, mixture, std::move(truths), std::move(*estimates), result);
        return result;
    }

    /// Writes the table of all songs beside the files of each.
    void finish() const {
        if (!request_.musevalFolder.empty())
            table_.write(std::filesystem::path(request_.musevalFolder) / (request_.split + ".csv"));
    }

    double secondsOf(const Song& song) const { return static_cast<double>(song.frames) / format_.sampleRate; }

private:
    void addFullScores(const Song& song, const AudioFormat& scoring, const AudioBuffer& mixture,
                       std::vector<AudioBuffer> truths, std::vector<AudioBuffer> estimates,
                       SongEvaluation& result) {
        const SongBss bss =
            fullScores(song, scoring, mixture, model_.stems, std::move(truths), std::move(estimates));
        for (std::size_t i = 0; i < result.stems.size(); ++i)
            result.stems[i].full = mediansOf(bss.scores[i]);
        if (request_.musevalFolder.empty())
            return;
        writeMuseval(std::filesystem::path(request_.musevalFolder) / request_.split, song.name, bss);
        table_.add(song.name, bss);
    }

    const EvaluationRequest& request_;
    const SegmentModel& model_;
    AudioFormat format_;
    std::vector<Metric> metrics_;
    MusevalTable table_;
};

/// Aggregates the scores in `member` over songs.
StemScore overSongs(const std::vector<SongEvaluation>& songs, std::size_t stem,
                    StemScore StemEvaluation::*member) {
    std::vector<StemScore> scores;
    scores.reserve(songs.size());
    for (const SongEvaluation& song : songs)
        scores.push_back(song.stems[stem].*member);
    return scoreOverSongs(scores);
}

std::optional<double> medianOverSongs(const std::vector<SongEvaluation>& songs, std::size_t stem,
                                      std::optional<double> FullScore::*member) {
    std::vector<double> scores;
    scores.reserve(songs.size());
    for (const SongEvaluation& song : songs)
        scores.push_back(
            ((*song.stems[stem].full).*member).value_or(std::numeric_limits<double>::quiet_NaN()));
    return medianOfDefined(scores);
}

std::vector<StemEvaluation> overSongs(const std::vector<SongEvaluation>& songs) {
    std::vector<StemEvaluation> stems;
    for (std::size_t i = 0; !songs.empty() && i < songs.front().stems.size(); ++i) {
        StemEvaluation stem{songs.front().stems[i].stem, overSongs(songs, i, &StemEvaluation::estimate),
                            overSongs(songs, i, &StemEvaluation::mixture),
                            overSongs(songs, i, &StemEvaluation::silence), std::nullopt};
        if (songs.front().stems[i].full) {
            stem.full = FullScore{
                medianOverSongs(songs, i, &FullScore::sdr), medianOverSongs(songs, i, &FullScore::isr),
                medianOverSongs(songs, i, &FullScore::sir), medianOverSongs(songs, i, &FullScore::sar)};
        }
        stems.push_back(std::move(stem));
    }
    return stems;
}

/// Evaluates all songs and adds the results. Leaves out songs with samples that are not finite, with a
/// notice; throws their error if no song is left.
void evaluateSongs(Evaluator& evaluator, const std::vector<Song>& songs, const std::stop_token& stop,
                   const EvaluationObserver& observer, Evaluation& evaluation) {
    EvaluationState state;
    state.songs = songs.size();
    for (const Song& song : songs)
        state.seconds += evaluator.secondsOf(song);
    std::optional<BadSamplesError> firstError;
    for (const Song& song : songs) {
        ++state.song;
        state.name = song.name;
        const double before = state.secondsDone;
        const auto progress = [&](std::int64_t done, std::int64_t) {
            state.secondsDone = before + static_cast<double>(done) / evaluator.format().sampleRate;
            observer.onProgress(state);
        };
        try {
            const auto result = evaluator.evaluate(song, stop, progress);
            if (!result) {
                evaluation.stopped = true;
                return;
            }
            observer.onSong(*result);
            evaluation.songs.push_back(*result);
        } catch (const BadSamplesError& error) {
            if (!firstError)
                firstError = error;
            state.secondsDone = before + evaluator.secondsOf(song);
            evaluation.leftOut.push_back(song.name);
            observer.onNotice(fmt::format("The song '{}' is left out: {}", song.name, error.message()));
        }
    }
    if (evaluation.songs.empty() && firstError)
        throw Error(*firstError);
}

Evaluation evaluateAll(const EvaluationRequest& request, const std::stop_token& stop,
                       const EvaluationObserver& observer) {
    const OpenModel model = openModel(request.model, stop);
    for (const std::string& notice : model.notices)
        observer.onNotice(notice);
    if (!request.model.run.empty())
        observer.onNotice("using " + model.name);
    Evaluator evaluator(request, model.segmentModel);
    const std::vector<Song> songs = songsOf(request, model.loaded->config, evaluator.format(), observer);
    requireStems(songs, model.segmentModel.stems);

    Evaluation evaluation{.weights = model.file.string(),
                          .device = model.device,
                          .split = request.split,
                          .metrics = evaluator.metrics(),
                          .sampleRate = evaluator.format().sampleRate,
                          .channels = evaluator.format().channels,
                          .songs = {},
                          .stems = {}};
    evaluateSongs(evaluator, songs, stop, observer, evaluation);
    if (!evaluation.stopped)
        evaluator.finish();
    evaluation.stems = overSongs(evaluation.songs);
    return evaluation;
}

} // namespace

Evaluation evaluate(const EvaluationRequest& request, const std::stop_token& stop,
                    const EvaluationObserver& observer) {
    try {
        return evaluateAll(request, stop, observer);
    } catch (const std::exception&) {
        throw separationError(std::current_exception());
    }
}

std::vector<ScoreDefinition> scoreDefinitions(const std::vector<Metric>& metrics, bool full) {
    std::vector<ScoreDefinition> definitions = {
        {"sound", "songs with another sample rate or channel count than the model are converted before "
                  "separation, and scored at the model's rate; a mono song is scored in mono"},
        {"direction", "of every score, a higher value is better"}};
    for (const Metric metric : metrics)
        definitions.push_back({metricInfo(metric).name, metricInfo(metric).definition});
    definitions.push_back({"mixture", "baseline: the untouched mixture as the estimate"});
    definitions.push_back(
        {"silence",
         "baseline: a silent estimate; its cSDR is that of an almost silent one, 0 dB wherever the "
         "stem is active"});
    if (full)
        definitions.push_back({"SDR, ISR, SIR, SAR",
                               "BSSEval v4 in dB with 512-tap filters, the stems together with the rest of "
                               "the song, windows of 1 s without overlap; median over windows, then median "
                               "over songs"});
    return definitions;
}

} // namespace headroom
