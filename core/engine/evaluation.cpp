// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/evaluation.h"

#include "core/audio/bad_samples.h"
#include "core/data/song_library.h"
#include "core/data/validation_split.h"
#include "core/engine/engine_error.h"
#include "core/engine/full_scores.h"
#include "core/engine/open_model.h"
#include "core/metrics/sdr.h"
#include "core/metrics/windows.h"
#include "core/separate/load_model.h"
#include "core/separate/separate_song.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <exception>
#include <filesystem>
#include <limits>
#include <utility>

namespace headroom {
namespace {

std::vector<Song> songsOf(const EvaluationRequest& request, const RunConfig& config,
                          const AudioFormat& format, const EvaluationObserver& observer) {
    const SongLibrary library = openLibrary(configuredFor(request.data, config.data), format);
    for (const std::string& notice : library.notices)
        observer.onNotice(notice);
    if (request.split == "test")
        return library.test;
    if (request.split == "train")
        return library.train;
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

void requireSongs(const std::vector<Song>& songs, const EvaluationRequest& request,
                  const std::vector<std::string>& stems) {
    if (songs.empty())
        throw Error(ErrorKind::Input, fmt::format("the split '{}' has no songs", request.split), request.data,
                    "Choose another split: --split train, validation or test.");
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
        : request_(request), model_(model), format_{model.sampleRate, model.channels} {}

    const AudioFormat& format() const { return format_; }

    /// Absent if a stop was requested. @param progress receives the separated and the total number of frames
    std::optional<SongEvaluation> evaluate(const Song& song, const std::stop_token& stop,
                                           const SeparationProgress& progress) const {
        const AudioBuffer mixture = readFiniteStem(song, mixtureName, format_);
        auto estimates = separateSong(model_, mixture, stop, progress);
        if (!estimates)
            return std::nullopt;
        SongEvaluation result{song.name, secondsOf(song), {}};
        std::vector<AudioBuffer> truths;
        for (std::size_t i = 0; i < model_.stems.size(); ++i) {
            truths.push_back(readFiniteStem(song, model_.stems[i], format_));
            const AudioBuffer& truth = truths.back();
            result.stems.push_back({model_.stems[i], scoreStem(truth, (*estimates)[i], format_.sampleRate),
                                    scoreStem(truth, mixture, format_.sampleRate),
                                    scoreSilence(truth, format_.sampleRate), std::nullopt});
        }
        if (request_.full || !request_.musevalFolder.empty())
            addFullScores(song, mixture, std::move(truths), std::move(*estimates), result);
        return result;
    }

    double secondsOf(const Song& song) const { return static_cast<double>(song.frames) / format_.sampleRate; }

private:
    void addFullScores(const Song& song, const AudioBuffer& mixture, std::vector<AudioBuffer> truths,
                       std::vector<AudioBuffer> estimates, SongEvaluation& result) const {
        const SongBss bss =
            fullScores(song, format_, mixture, model_.stems, std::move(truths), std::move(estimates));
        for (std::size_t i = 0; i < result.stems.size(); ++i)
            result.stems[i].full = mediansOf(bss.scores[i]);
        if (!request_.musevalFolder.empty())
            writeMuseval(std::filesystem::path(request_.musevalFolder) / request_.split, song.name, bss);
    }

    const EvaluationRequest& request_;
    const SegmentModel& model_;
    AudioFormat format_;
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
void evaluateSongs(const Evaluator& evaluator, const std::vector<Song>& songs, const std::stop_token& stop,
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
    const Evaluator evaluator(request, model.segmentModel);
    const std::vector<Song> songs = songsOf(request, model.loaded->config, evaluator.format(), observer);
    requireSongs(songs, request, model.segmentModel.stems);

    Evaluation evaluation{.weights = model.file.string(),
                          .device = model.device,
                          .split = request.split,
                          .sampleRate = evaluator.format().sampleRate,
                          .channels = evaluator.format().channels,
                          .songs = {},
                          .stems = {}};
    evaluateSongs(evaluator, songs, stop, observer, evaluation);
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

std::vector<ScoreDefinition> scoreDefinitions(bool full) {
    std::vector<ScoreDefinition> definitions = {
        {"sound",
         "songs with another sample rate or channel count than the model are converted before separation and "
         "scoring"},
        {"cSDR",
         "BSSEval v4 SDR in dB, 10 log10(|s|^2 / |s - e|^2) in windows of 1 s without overlap, excluding "
         "windows with a silent stem or estimate; median over windows, then median over songs"},
        {"uSDR",
         "SDR of the whole song in dB, 10 log10((|s|^2 + 1e-7) / (|s - e|^2 + 1e-7)); mean over songs"},
        {"SI-SDR", "scale-invariant SDR of the whole song in dB, 10 log10(|a s|^2 / |a s - e|^2), "
                   "a = <e, s> / |s|^2; mean over songs where it is defined"},
        {"mixture", "baseline: the untouched mixture as the estimate"},
        {"silence", "baseline: an almost silent estimate, 0 dB wherever the stem is active"},
    };
    if (full)
        definitions.push_back({"SDR, ISR, SIR, SAR",
                               "BSSEval v4 in dB with 512-tap filters, the stems together with the rest of "
                               "the song, windows of 1 s without overlap; median over windows, then median "
                               "over songs"});
    return definitions;
}

} // namespace headroom
