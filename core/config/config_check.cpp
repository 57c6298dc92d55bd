// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_check.h"

#include "core/config/metric_keys.h"
#include "core/config/model_kind.h"
#include "core/config/option_table.h"
#include "core/config/option_value.h"
#include "core/config/scalar_text.h"
#include "core/support/error.h"
#include "core/support/lower_case.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <initializer_list>
#include <numeric>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace headroom {
namespace {

/// Refuses contradictory options and names where they were given.
class Refusal {
public:
    explicit Refusal(const ConfigPlaces& places) : places_(places) {}

    void unless(bool condition, std::initializer_list<const char*> keys, const std::string& what,
                const std::string& remedy = {}) const {
        if (!condition)
            throw Error(ErrorKind::Input, what, placesOf(keys), remedy);
    }

    /// Empty if all of them keep their defaults.
    std::string placesOf(std::initializer_list<const char*> keys) const {
        std::string text;
        for (const char* key : keys) {
            if (const auto found = places_.find(key); found != places_.end())
                text += (text.empty() ? "" : " and ") + found->second;
        }
        return text;
    }

private:
    const ConfigPlaces& places_;
};

/// An option of another kind of model has no effect, so that one in a file is a mistake.
void refuseForeign(const Option& option, ModelKind kind, const std::string& place) {
    std::vector<std::string> names;
    for (const ModelKind own : option.kinds)
        names.push_back(modelKindName(own));
    throw Error(ErrorKind::Input,
                fmt::format("{} is an option of {}, and model.kind is {}", option.key,
                            fmt::join(names, " and "), modelKindName(kind)),
                place, "Remove it, or set model.kind.");
}

void checkEach(const RunConfig& config, const ConfigPlaces& places) {
    for (const Option& option : optionTable()) {
        const auto place = places.find(option.key);
        if (!option.appliesTo(config.model.kind)) {
            if (place != places.end())
                refuseForeign(option, config.model.kind, place->second);
            continue;
        }
        checkOptionValue(option, option.get(config), place == places.end() ? std::string() : place->second);
    }
}

void checkAttention(const RunConfig& config, const Refusal& refuse) {
    const ModelConfig& model = config.model;
    refuse.unless(model.usePope || model.dimHead % 2 == 0, {"model.dim_head", "model.use_pope"},
                  fmt::format("model.dim_head {} is odd, but rotary positions rotate pairs of features",
                              model.dimHead));
    const int window = model.winLength == 0 ? config.audio.nFft : model.winLength;
    refuse.unless(window <= config.audio.nFft, {"model.win_length", "audio.n_fft"},
                  fmt::format("model.win_length {} is more than audio.n_fft {}", window, config.audio.nFft));
    refuse.unless(config.audio.hopLength <= window / 2, {"audio.hop_length", "model.win_length"},
                  fmt::format("audio.hop_length {} is more than half of model.win_length {}",
                              config.audio.hopLength, window));
}

void checkTraining(const RunConfig& config, const Refusal& refuse) {
    const int rank = config.training.loraRank;
    refuse.unless(rank <= config.model.hiddenDim, {"training.lora_rank", "model.hidden_dim"},
                  fmt::format("training.lora_rank {} is more than model.hidden_dim {}: such adapters are "
                              "larger than the weights that they change",
                              rank, config.model.hiddenDim),
                  "Usual ranks are 4 to 64.");
    const std::string place = refuse.placesOf({"training.metrics"});
    metricsNamed(config.training.metrics, place.empty() ? "training.metrics" : place);
}

void checkMixers(const ModelConfig& model, const Refusal& refuse) {
    const int inner = model.hiddenDim * model.expand;
    refuse.unless(
        inner % model.headdim == 0, {"model.hidden_dim", "model.expand", "model.headdim"},
        fmt::format("model.hidden_dim {} times model.expand {} is not a multiple of model.headdim {}",
                    model.hiddenDim, model.expand, model.headdim),
        fmt::format("Choose a hidden_dim that is a multiple of {}.",
                    model.headdim / std::gcd(model.headdim, model.expand)));
}

void checkBands(const RunConfig& config, const Refusal& refuse) {
    constexpr int ruleNFft = 2048;
    const auto& widths = config.model.freqsPerBands;
    const int bins = config.audio.nFft / 2 + 1;
    refuse.unless(config.audio.nFft % 2 == 0, {"audio.n_fft"},
                  fmt::format("audio.n_fft {} is not even", config.audio.nFft));
    if (config.model.kind == ModelKind::MelBandRoformer)
        return;
    if (widths.empty()) {
        refuse.unless(config.audio.nFft == ruleNFft, {"audio.n_fft", "model.num_subbands"},
                      fmt::format("audio.n_fft {} requires model.freqs_per_bands: model.num_subbands alone "
                                  "is defined for {} only",
                                  config.audio.nFft, ruleNFft));
        return;
    }
    const int given = config.model.numSubbands;
    const auto count = static_cast<int>(widths.size());
    refuse.unless(
        given == count || given == ModelConfig{}.numSubbands, {"model.num_subbands", "model.freqs_per_bands"},
        fmt::format("model.num_subbands {} is not the number of widths in model.freqs_per_bands, {}", given,
                    count),
        "Remove one of them.");
    const std::int64_t sum = std::accumulate(widths.begin(), widths.end(), std::int64_t{0});
    refuse.unless(sum == bins, {"model.freqs_per_bands", "audio.n_fft"},
                  fmt::format("model.freqs_per_bands add up to {}, not to the {} bins of audio.n_fft {}", sum,
                              bins, config.audio.nFft));
}

/// The STFT pads by reflection, which needs more samples than half a window.
void checkLengths(const RunConfig& config, const Refusal& refuse) {
    const auto& audio = config.audio;
    int longest = audio.nFft;
    for (const int window : config.loss.stftWindows) {
        refuse.unless(config.loss.stftHop <= window, {"loss.stft_hop", "loss.stft_windows"},
                      fmt::format("loss.stft_hop {} is more than the window {} of loss.stft_windows",
                                  config.loss.stftHop, window));
        longest = std::max(longest, window);
    }
    refuse.unless(
        audio.hopLength <= audio.nFft / 2, {"audio.hop_length", "audio.n_fft"},
        fmt::format("audio.hop_length {} is more than half of audio.n_fft {}", audio.hopLength, audio.nFft));
    const double shortest = (longest / 2.0 + 1) / audio.sampleRate;
    refuse.unless(audio.segmentLength >= shortest,
                  {"audio.segment_length", "audio.sample_rate", "audio.n_fft", "loss.stft_windows"},
                  fmt::format("audio.segment_length {} s is shorter than half of the longest STFT window",
                              audio.segmentLength),
                  fmt::format("Choose at least {:.3f} s.", shortest + 0.0005));
    const double least = audio.segmentLength * (1 - audio.segmentShortening);
    refuse.unless(
        least >= shortest, {"audio.segment_shortening", "audio.segment_length"},
        fmt::format("audio.segment_shortening {} makes segments of {:.3f} s, shorter than half of the "
                    "longest STFT window",
                    audio.segmentShortening, least),
        fmt::format("Choose at most {:.2f}.", std::floor(100 * (1 - shortest / audio.segmentLength)) / 100));
    refuse.unless(config.separation.chunkSeconds >= (audio.nFft / 2.0 + 1) / audio.sampleRate,
                  {"separation.chunk_seconds", "audio.sample_rate", "audio.n_fft"},
                  fmt::format("separation.chunk_seconds {} is shorter than half of audio.n_fft",
                              config.separation.chunkSeconds));
}

/// The names of the other files beside the stems: the mixture and the residual.
bool isReserved(const std::string& name) {
    return lowerCase(name) == "mixture" || lowerCase(name) == "rest";
}

/// Whether UTF-8 text contains C0 or C1 control characters, line separators or directional marks, which would
/// control a terminal or reorder the text that follows.
bool hasControls(const std::string& name) {
    using namespace std::string_view_literals;
    const auto has = [&](std::string_view lead, unsigned char low, unsigned char high) {
        for (auto at = name.find(lead); at != std::string::npos; at = name.find(lead, at + 1)) {
            const std::size_t last = at + lead.size();
            if (last < name.size() && static_cast<unsigned char>(name[last]) >= low &&
                static_cast<unsigned char>(name[last]) <= high)
                return true;
        }
        return false;
    };
    return has(""sv, 0x00, 0x1f) || has(""sv, 0x7f, 0x7f) || has("\xc2"sv, 0x80, 0x9f) ||
           has("\xe2\x80"sv, 0x8e, 0x8f) || has("\xe2\x80"sv, 0xa8, 0xae) || has("\xe2\x81"sv, 0xa6, 0xa9);
}

/// Stem names become file names.
bool isStemName(const std::string& name) {
    constexpr std::size_t longest = 100; // bytes; file systems allow 255, including the extension
    return !name.empty() && name.size() <= longest && name.front() != '.' && name.front() != ' ' &&
           name.back() != ' ' && name.find_first_of("/\\") == std::string::npos && !hasControls(name) &&
           !isReserved(name);
}

void checkStemNames(const std::vector<std::string>& stems, const char* key, const Refusal& refuse) {
    std::set<std::string> names;
    for (const auto& stem : stems) {
        refuse.unless(isStemName(stem), {key},
                      fmt::format("{} in {} is not a valid stem name", excerpt(stem), key),
                      "Stems become file names of at most 100 bytes, without slashes; mixture and rest are "
                      "names of other files.");
        refuse.unless(names.insert(lowerCase(stem)).second, {key},
                      fmt::format("{} is in {} twice, ignoring case", excerpt(stem), key),
                      "Rename one of them: some file systems cannot store both files.");
    }
}

/// A mixture file stays the sum of its stems only if all of them are changed alike.
void checkMixtureFile(const DataConfig& data, const Refusal& refuse) {
    struct Change {
        const char* key;
        bool isOff;
        const char* off;
    };
    const Change changes[] = {
        {"data.random_mix_probability", data.randomMixProbability == 0, "0"},
        {"data.incomplete_songs", data.incompleteSongs == IncompleteSongs::Refuse, "refuse"},
        {"data.stem_dropout", data.stemDropout == 0, "0"},
        {"data.stereo_spread", data.stereoSpread == 0, "0"},
        {"data.shelf_gain", data.shelfGain == 0, "0"},
        {"data.equalizer_probability", data.equalizerProbability == 0, "0"},
        {"data.pitch_probability", data.pitchProbability == 0, "0"},
        {"data.stretch_probability", data.stretchProbability == 0, "0"},
    };
    for (const auto& [key, isOff, off] : changes)
        refuse.unless(
            isOff, {"data.mixture", key},
            fmt::format("data.mixture is file, but {} is not {}: the stems would no longer be those "
                        "of the mixture file",
                        key, off),
            fmt::format("Set {} to {}, or data.mixture to sum.", key, off));
}

void checkRanges(const DataConfig& data, const Refusal& refuse) {
    struct Range {
        const char* low;
        double from;
        const char* high;
        double to;
    };
    for (const auto& [low, from, high, to] :
         {Range{"data.gain_min", data.gainMin, "data.gain_max", data.gainMax},
          Range{"data.pitch_min", data.pitchMin, "data.pitch_max", data.pitchMax},
          Range{"data.stretch_min", data.stretchMin, "data.stretch_max", data.stretchMax}})
        refuse.unless(from <= to, {low, high}, fmt::format("{} {} is more than {} {}", low, from, high, to));
}

/// Every list of stems is a part of data.stems, if that is given.
void checkStemLists(const DataConfig& data, const Refusal& refuse) {
    checkStemNames(data.stems, "data.stems", refuse);
    const std::set<std::string_view> listed(data.stems.begin(), data.stems.end());
    for (const auto& [key, stems] :
         {std::pair("data.targets", &data.targets), std::pair("data.pitch_stems", &data.pitchStems),
          std::pair("data.stretch_stems", &data.stretchStems)}) {
        checkStemNames(*stems, key, refuse);
        for (const std::string& stem : *stems)
            refuse.unless(listed.empty() || listed.contains(stem), {key, "data.stems"},
                          fmt::format("{} is in {} but not in data.stems", excerpt(stem), key),
                          "Add it to data.stems, which lists all stems that add up to the mixture.");
    }
}

void checkData(const RunConfig& config, const Refusal& refuse) {
    checkRanges(config.data, refuse);
    checkStemLists(config.data, refuse);
    const auto& stems = config.data.stems;
    refuse.unless(
        config.data.incompleteSongs == IncompleteSongs::Refuse || !stems.empty(),
        {"data.incomplete_songs", "data.stems"}, "data.incomplete_songs is mix, but data.stems is empty",
        "List the stems that add up to a mixture in data.stems, so that it is known what a song lacks.");
    if (config.data.mixture == MixtureSource::File)
        checkMixtureFile(config.data, refuse);
    constexpr double shortestWindow = 0.1;
    refuse.unless(config.data.activityWindow == 0 || config.data.activityWindow >= shortestWindow,
                  {"data.activity_window"},
                  fmt::format("data.activity_window {} s is too short", config.data.activityWindow),
                  fmt::format("Choose at least {} s, or 0 to draw segments from anywhere.", shortestWindow));
    refuse.unless(config.loss.lambdaTime > 0 || !config.loss.stftWindows.empty(),
                  {"loss.lambda_time", "loss.stft_windows"},
                  "loss.lambda_time is 0 and loss.stft_windows is empty, so there is no loss");
}

} // namespace

void checkConfig(const RunConfig& config, const ConfigPlaces& places) {
    const Refusal refuse(places);
    checkEach(config, places);
    if (config.model.kind == ModelKind::BsMamba2)
        checkMixers(config.model, refuse);
    else
        checkAttention(config, refuse);
    checkTraining(config, refuse);
    checkBands(config, refuse);
    checkLengths(config, refuse);
    checkData(config, refuse);
}

} // namespace headroom
