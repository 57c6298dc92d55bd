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

std::vector<Song> songsOf(const EvaluationRequest& request, const RunConfig& config, const AudioFormat& form,
                          const EvaluationObserver& observer) {
    const SongLibrary library =
        openLibrary(request.data, form, config.data.fileErrors, {}, config.data.stems);
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
        throw Error(ErrorKind::Input, fmt::format("there are no songs in the split '{}'", request.split),
                    request.data);
    for (const Song& song : songs) {
        for (const std::string& stem : stems) {
            if (song.find(stem) == nullptr)
                throw Error(ErrorKind::Input, fmt::format("the song has no stem '{}'", stem),
                            song.folder.string(), "The model separates it, so it is needed to judge by.");
        }
    }
}

FullScore mediansOf(const BssScores& scores) {
    return {medianOfDefined(scores.sdr), medianOfDefined(scores.isr), medianOfDefined(scores.sir),
            medianOfDefined(scores.sar)};
}

/// As readStem; throws Error (Input) where the sound is not finite, naming the file and when.
AudioBuffer readFiniteStem(const Song& song, const std::string& stem, const AudioFormat& form) {
    AudioBuffer sound = readStem(song, stem, form);
    if (const StemFile* file = song.find(stem)) {
        requireFinite(sound, file->path);
    } else {
        for (const StemFile& part : song.stems)
            requireFinite(sound, part.path);
    }
    return sound;
}

/// Evaluates song by song with one model.
class Evaluator {
public:
    Evaluator(const EvaluationRequest& request, const ChunkModel& model)
        : request_(request), model_(model), form_{model.sampleRate, model.channels} {}

    const AudioFormat& form() const { return form_; }

    /// Absent where a stop was requested. @param progress called with the share that is separated
    std::optional<SongEvaluation> evaluate(const Song& song, const std::stop_token& stop,
                                           const SeparationProgress& progress) const {
        const AudioBuffer mixture = readFiniteStem(song, mixtureName, form_);
        auto estimates = separateSong(model_, mixture, stop, progress);
        if (!estimates)
            return std::nullopt;
        SongEvaluation result{song.name, secondsOf(song), {}};
        std::vector<AudioBuffer> references;
        for (std::size_t i = 0; i < model_.stems.size(); ++i) {
            references.push_back(readFiniteStem(song, model_.stems[i], form_));
            const AudioBuffer& reference = references.back();
            result.stems.push_back({model_.stems[i], scoreStem(reference, (*estimates)[i], form_.sampleRate),
                                    scoreStem(reference, mixture, form_.sampleRate),
                                    scoreSilence(reference, form_.sampleRate), std::nullopt});
        }
        if (request_.full || !request_.musevalFolder.empty())
            addFullScores(song, mixture, std::move(references), std::move(*estimates), result);
        return result;
    }

    double secondsOf(const Song& song) const { return static_cast<double>(song.frames) / form_.sampleRate; }

private:
    void addFullScores(const Song& song, const AudioBuffer& mixture, std::vector<AudioBuffer> references,
                       std::vector<AudioBuffer> estimates, SongEvaluation& result) const {
        const SongBss bss =
            fullScores(song, form_, mixture, model_.stems, std::move(references), std::move(estimates));
        for (std::size_t i = 0; i < result.stems.size(); ++i)
            result.stems[i].full = mediansOf(bss.scores[i]);
        if (!request_.musevalFolder.empty())
            writeMuseval(std::filesystem::path(request_.musevalFolder) / request_.split, song.name, bss);
    }

    const EvaluationRequest& request_;
    const ChunkModel& model_;
    AudioFormat form_;
};

/// The scores that `member` picks, over songs.
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

Evaluation evaluateAll(const EvaluationRequest& request, const std::stop_token& stop,
                       const EvaluationObserver& observer) {
    const OpenModel model = openModel(request.model, stop);
    for (const std::string& notice : model.notices)
        observer.onNotice(notice);
    if (!request.model.run.empty())
        observer.onNotice("using " + model.name);
    const Evaluator evaluator(request, model.chunks);
    const std::vector<Song> songs = songsOf(request, model.loaded->config, evaluator.form(), observer);
    requireSongs(songs, request, model.chunks.stems);

    Evaluation evaluation{.weights = model.file.string(),
                          .device = model.device,
                          .split = request.split,
                          .sampleRate = evaluator.form().sampleRate,
                          .channels = evaluator.form().channels,
                          .songs = {},
                          .stems = {}};
    EvaluationState state;
    state.songs = songs.size();
    for (const Song& song : songs)
        state.seconds += evaluator.secondsOf(song);
    for (const Song& song : songs) {
        ++state.song;
        state.name = song.name;
        const double before = state.secondsDone;
        const auto result = evaluator.evaluate(song, stop, [&](std::int64_t done, std::int64_t) {
            state.secondsDone = before + static_cast<double>(done) / evaluator.form().sampleRate;
            observer.onProgress(state);
        });
        if (!result) {
            evaluation.stopped = true;
            break;
        }
        observer.onSong(*result);
        evaluation.songs.push_back(*result);
    }
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
         "songs of another sample rate or number of channels than the model's are converted to those "
         "first, and judged there"},
        {"cSDR",
         "BSSEval v4 SDR in dB, 10 log10(|s|^2 / |s - e|^2) in windows of 1 s without overlap, those with a "
         "silent reference or estimate dropped; median over windows, then median over songs"},
        {"uSDR",
         "SDR of the whole song in dB, 10 log10((|s|^2 + 1e-7) / (|s - e|^2 + 1e-7)); mean over songs"},
        {"SI-SDR", "scale-invariant SDR of the whole song in dB, 10 log10(|a s|^2 / |a s - e|^2), "
                   "a = <e, s> / |s|^2; mean over songs where it is defined"},
        {"mixture", "reference row: the untouched mixture taken as the estimate"},
        {"silence", "reference row: an estimate fading to silence, 0 dB wherever the stem sounds"},
    };
    if (full)
        definitions.push_back({"SDR, ISR, SIR, SAR",
                               "BSSEval v4 in dB with 512-tap filters, the stems together with the rest of "
                               "the song, windows of 1 s "
                               "without overlap; median over windows, then median over songs"});
    return definitions;
}

} // namespace headroom
