#include "core/config/config_check.h"

#include "core/config/knob_table.h"
#include "core/config/knob_value.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <string>

namespace headroom {
namespace {

void require(bool condition, const std::string& what, const std::string& remedy = {}) {
    if (!condition)
        throw Error(ErrorKind::Input, what, {}, remedy);
}

/// Each value as if it had been read from a file.
void checkEach(const RunConfig& config) {
    for (const Knob& knob : knobTable()) {
        const KnobValue value = knob.get(config);
        const auto* text = std::get_if<std::string>(&value);
        parseKnobValue(knob, knob.type == KnobType::Text ? *text : formatKnobValue(value));
    }
}

void checkModel(const ModelConfig& model) {
    const int inner = model.hiddenDim * model.expand;
    require(inner % model.headdim == 0,
            fmt::format("model.hidden_dim {} times model.expand {} is not a multiple of model.headdim {}",
                        model.hiddenDim, model.expand, model.headdim),
            fmt::format("Choose a hidden_dim that is a multiple of {}.",
                        model.headdim / std::gcd(model.headdim, model.expand)));
}

void checkBands(const RunConfig& config) {
    constexpr int ruleNFft = 2048;
    const auto& widths = config.model.freqsPerBands;
    const int bins = config.audio.nFft / 2 + 1;
    require(config.audio.nFft % 2 == 0, fmt::format("audio.n_fft {} is not even", config.audio.nFft));
    if (widths.empty()) {
        require(config.audio.nFft == ruleNFft,
                fmt::format("audio.n_fft {} needs model.freqs_per_bands: the rule for num_subbands is for {}",
                            config.audio.nFft, ruleNFft));
        return;
    }
    const int given = config.model.numSubbands;
    const auto count = static_cast<int>(widths.size());
    require(given == count || given == ModelConfig{}.numSubbands,
            fmt::format("model.num_subbands {} is not the number of widths in model.freqs_per_bands, {}",
                        given, count),
            "Remove one of them.");
    const int sum = std::accumulate(widths.begin(), widths.end(), 0);
    require(sum == bins,
            fmt::format("model.freqs_per_bands add up to {}, not to the {} bins of audio.n_fft {}", sum, bins,
                        config.audio.nFft));
}

/// Frames at the edge are filled by reflection, which needs more samples than half a transform.
void checkLengths(const RunConfig& config) {
    const auto& audio = config.audio;
    int longest = audio.nFft;
    for (const int window : config.loss.stftWindows) {
        require(config.loss.stftHop <= window,
                fmt::format("loss.stft_hop {} is more than the window {} of loss.stft_windows",
                            config.loss.stftHop, window));
        longest = std::max(longest, window);
    }
    require(
        audio.hopLength <= audio.nFft / 2,
        fmt::format("audio.hop_length {} is more than half of audio.n_fft {}", audio.hopLength, audio.nFft));
    const double shortest = (longest / 2.0 + 1) / audio.sampleRate;
    require(audio.segmentLength >= shortest,
            fmt::format("audio.segment_length {} s is shorter than half of the longest STFT window",
                        audio.segmentLength),
            fmt::format("Choose at least {:.3f} s.", shortest + 0.0005));
    require(config.separation.chunkSeconds >= (audio.nFft / 2.0 + 1) / audio.sampleRate,
            fmt::format("separation.chunk_seconds {} is shorter than half of audio.n_fft",
                        config.separation.chunkSeconds));
}

void checkData(const RunConfig& config) {
    require(config.data.gainMin <= config.data.gainMax,
            fmt::format("data.gain_min {} is more than data.gain_max {}", config.data.gainMin,
                        config.data.gainMax));
    for (const auto& target : config.data.targets)
        require(target.find('/') == std::string::npos && target != "mixture" && target != "." &&
                    target != "..",
                fmt::format("'{}' in data.targets is not the name of a stem", target));
    require(config.loss.lambdaTime > 0 || !config.loss.stftWindows.empty(),
            "loss.lambda_time is 0 and loss.stft_windows is empty: nothing would be learnt");
    require(config.training.resumeFrom.empty() || config.training.initFrom.empty(),
            "training.resume_from and training.init_from are both given",
            "A run that is carried on has its own weights: remove one of them.");
}

} // namespace

void checkConfig(const RunConfig& config) {
    checkEach(config);
    checkModel(config.model);
    checkBands(config);
    checkLengths(config);
    checkData(config);
}

} // namespace headroom
