// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/interop/msst_writer.h"

#include "core/config/audio_length.h"
#include "core/config/config_difference.h"
#include "core/config/model_kind.h"
#include "core/config/option_table.h"
#include "core/config/option_value.h"
#include "core/config/yaml_document.h"
#include "core/interop/msst_config.h"
#include "core/interop/msst_keys.h"
#include "core/support/error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>
#include <span>
#include <string_view>

namespace headroom {
namespace {

constexpr const char* tuple = "!!python/tuple ";

/// A number as Python's YAML reads it: 5e-05 would be a text.
std::string real(double number) {
    std::string text = fmt::format("{}", number);
    const auto exponent = text.find('e');
    const std::string_view digits = std::string_view(text).substr(0, exponent);
    if (digits.find('.') == std::string_view::npos)
        text.insert(digits.size(), ".0");
    return text;
}

/// The value of an option in the YAML of Python.
std::string pythonValue(const Option& option, const RunConfig& config) {
    const OptionValue value = option.get(config);
    if (const auto* number = std::get_if<double>(&value))
        return real(*number);
    return (option.type == OptionType::IntegerList ? tuple : "") + formatOptionValue(value);
}

/// Text of the document, section by section.
class MsstYaml {
public:
    explicit MsstYaml(const RunConfig& config) : config_(config) {}

    void section(const char* name) { text_ += fmt::format("{}:\n", name); }
    void line(const char* key, const std::string& value) { text_ += fmt::format("  {}: {}\n", key, value); }
    void line(const char* key, std::int64_t value) { line(key, std::to_string(value)); }
    void flag(const char* key, bool value) { line(key, std::string(value ? "true" : "false")); }

    /// The keys of one section.
    void pairs(std::span<const MatchingKey> pairs, std::string_view section) {
        for (const MatchingKey& pair : pairs) {
            const std::string_view key = pair.key;
            const Option& option = *findOption(pair.option);
            const OptionValue value = option.get(config_);
            const auto* widths = std::get_if<std::vector<int>>(&value);
            if (!key.starts_with(section) || (widths != nullptr && widths->empty()))
                continue;
            line(pair.key + section.size() + 1, pythonValue(option, config_));
        }
    }

    std::string take() { return std::move(text_); }

private:
    const RunConfig& config_;
    std::string text_;
};

void writeAudio(MsstYaml& yaml, const RunConfig& config) {
    const std::int64_t chunk = segmentSamples(config.audio);
    yaml.section("audio");
    yaml.line("chunk_size", chunk);
    yaml.line("dim_f", config.audio.nFft / 2);
    yaml.line("dim_t", chunk / config.audio.hopLength + 1);
    yaml.line("hop_length", config.audio.hopLength);
    yaml.line("n_fft", config.audio.nFft);
    yaml.line("num_channels", config.audio.channels);
    yaml.pairs(msstSpectrogramKeys, "audio");
    yaml.line("min_mean_abs", real(config.data.silentChunkProbability < 1 ? 0.001 : 0));
}

void writeMamba2(MsstYaml& yaml) {
    yaml.pairs(msstMamba2Keys, "model");
    yaml.line("time_module_depth", 1);
    yaml.line("freq_module_depth", 1);
    yaml.line("mask_estimator_depth", 2);
    yaml.line("module_type", std::string("mamba2"));
    yaml.flag("mamba_gmlp", false);
    yaml.flag("stft_normalized", false);
}

void writeRoformer(MsstYaml& yaml, const RunConfig& config) {
    const bool isMel = config.model.kind == ModelKind::MelBandRoformer;
    yaml.pairs(msstRoformerKeys, "model");
    yaml.pairs(isMel ? std::span<const MatchingKey>(msstMelRoformerKeys)
                     : std::span<const MatchingKey>(msstBsRoformerKeys),
               "model");
    yaml.line("mask_estimator_depth", config.model.maskLayers - (isMel ? 1 : 0));
    yaml.flag("zero_dc", config.model.zeroDc);
    yaml.flag("flash_attn", true);
    if (!isMel)
        return;
    yaml.line("sample_rate", config.audio.sampleRate);
    yaml.flag("match_input_audio_length", true);
}

void writeModel(MsstYaml& yaml, const RunConfig& config) {
    yaml.section("model");
    yaml.flag("stereo", config.audio.channels == 2);
    yaml.line("num_stems", static_cast<std::int64_t>(config.data.targets.size()));
    if (config.model.kind == ModelKind::BsMamba2)
        writeMamba2(yaml);
    else
        writeRoformer(yaml, config);
    yaml.pairs(msstSpectrogramKeys, "model");
    const int window = config.model.winLength == 0 ? config.audio.nFft : config.model.winLength;
    yaml.line("stft_win_length", window);
    const bool hasSpectrograms = !config.loss.stftWindows.empty() && config.loss.lambdaTime > 0;
    yaml.line("multi_stft_resolution_loss_weight", real(hasSpectrograms ? 1 / config.loss.lambdaTime : 0));
    if (hasSpectrograms)
        yaml.line("multi_stft_resolutions_window_sizes", tuple + formatOptionValue(config.loss.stftWindows));
    yaml.flag("multi_stft_normalized", false);
}

void writeSchedule(MsstYaml& yaml, const TrainingConfig& training) {
    constexpr int longestPatience = 9999; // as good as never
    if (training.plateauPatience == 0 && training.decayTo == 0) {
        yaml.line("scheduler", std::string("linear_scheduler"));
        yaml.line("num_warmup_steps", training.warmupSteps);
    }
    yaml.line("patience", training.plateauPatience == 0 ? longestPatience : training.plateauPatience - 1);
    yaml.line("reduce_factor", real(training.plateauFactor));
}

void writeTraining(MsstYaml& yaml, const RunConfig& config) {
    const auto& targets = config.data.targets;
    const bool isSingle = targets.size() == 1;
    const auto& instruments = isSingle && !config.data.stems.empty() ? config.data.stems : targets;
    yaml.section("training");
    yaml.line("model_type", msstModelType(config));
    yaml.line("instruments", formatOptionValue(instruments));
    yaml.line("target_instrument", isSingle ? formatOptionValue(targets.front()) : "null");
    yaml.pairs(msstTrainingKeys, "training");
    yaml.line("lr", real(config.training.learningRate));
    writeSchedule(yaml, config.training);
    yaml.line("optimizer", std::string("adamw"));
    yaml.flag("use_amp", config.training.precision == Precision::Bf16);
    yaml.line("q", real(0.95)); // of a loss that these models do not use; MSST requires them
    yaml.flag("coarse_loss_clip", true);
    yaml.flag("other_fix", false);
    yaml.section("optimizer");
    yaml.line("weight_decay", real(config.training.weightDecay));
}

/// ", pitch_shift: 0.1, ..." for one stem; empty: nothing. @param stem empty: all stems
std::string timeAndPitch(const DataConfig& data, const std::string& stem) {
    const auto isMeant = [&](double probability, const std::vector<std::string>& stems) {
        return probability > 0 &&
               (stem.empty() ? stems.empty() : std::ranges::find(stems, stem) != stems.end());
    };
    std::string keys;
    if (isMeant(data.pitchProbability, data.pitchStems))
        keys += fmt::format(", pitch_shift: {}, pitch_shift_min_semitones: {}, pitch_shift_max_semitones: {}",
                            real(data.pitchProbability), real(data.pitchMin), real(data.pitchMax));
    if (isMeant(data.stretchProbability, data.stretchStems))
        keys += fmt::format(", time_stretch: {}, time_stretch_min_rate: {}, time_stretch_max_rate: {}",
                            real(data.stretchProbability), real(data.stretchMin), real(data.stretchMax));
    return keys;
}

/// @param chunk samples of a segment
void writeAugmentations(MsstYaml& yaml, const RunConfig& config, std::int64_t chunk) {
    const DataConfig& data = config.data;
    yaml.section("augmentations");
    yaml.flag("enable", true);
    yaml.flag("loudness", true);
    yaml.line("loudness_min", real(data.gainMin));
    yaml.line("loudness_max", real(data.gainMax));
    if (data.mixupProbability > 0) {
        yaml.flag("mixup", true);
        yaml.line("mixup_probs", fmt::format("[{}]", real(data.mixupProbability)));
    }
    if (config.audio.segmentShortening > 0) {
        yaml.flag("chunk_size_augm", true);
        yaml.line("chunk_size_min",
                  std::llround(static_cast<double>(chunk) * (1 - config.audio.segmentShortening)));
        yaml.line("chunk_size_max", chunk);
    }
    yaml.line("all",
              fmt::format("{{channel_shuffle: {}, random_polarity: {}{}}}", real(data.channelSwapProbability),
                          real(data.polarityProbability), timeAndPitch(data, {})));
    std::set<std::string> stems(data.pitchStems.begin(), data.pitchStems.end());
    stems.insert(data.stretchStems.begin(), data.stretchStems.end());
    for (const std::string& stem : stems) {
        if (const std::string keys = timeAndPitch(data, stem); !keys.empty())
            yaml.line(formatOptionValue(stem).c_str(), fmt::format("{{{}}}", keys.substr(2)));
    }
}

void writeInference(MsstYaml& yaml, const RunConfig& config) {
    yaml.section("inference");
    yaml.line("batch_size", std::max(1, config.separation.batchSize));
    yaml.line("num_overlap", std::llround(1 / (1 - config.separation.overlap)));
    yaml.line("chunk_size", samplesIn(config.audio, config.separation.chunkSeconds));
}

/// Whether a change of this option changes what the weights compute.
bool changesModel(const Option& option) {
    const bool isOfModel = option.section() == "audio" || option.section() == "model";
    return option.key == "data.targets" || (isOfModel && option.takesEffect == TakesEffect::NewRun);
}

/// Options that express the same in two ways, in the way that convertMsst reads.
RunConfig plain(RunConfig config) {
    if (config.model.winLength == config.audio.nFft)
        config.model.winLength = 0;
    if (static_cast<int>(config.model.freqsPerBands.size()) == config.model.numSubbands)
        config.model.numSubbands = ModelConfig{}.numSubbands;
    return config;
}

/// Throws for what MSST's classes cannot do, although their arguments allow it.
void requireMsstStft(const RunConfig& config) {
    constexpr int mambaNFft = 2048;
    constexpr int mostNFft = 8192;
    constexpr const char* remedy = "Export the weights in another format.";
    const int nFft = config.audio.nFft;
    if (config.model.kind == ModelKind::BsMamba2 ? nFft != mambaNFft : nFft >= mostNFft)
        throw Error(ErrorKind::Input, fmt::format("MSST's model does not work with audio.n_fft {}", nFft), {},
                    remedy);
    if (config.model.kind == ModelKind::MelBandRoformer && config.model.winLength != 0)
        throw Error(ErrorKind::Input,
                    "MSST's Mel-Band RoFormer does not work with a model.win_length other than audio.n_fft",
                    {}, remedy);
}

/// The options that differ when the text is read again.
std::vector<std::string> unsupportedOptions(const RunConfig& config, const std::string& yaml) {
    constexpr const char* name = "the configuration for MSST";
    ConfigPlaces places;
    ConfigErrors errors;
    const RunConfig read = convertMsst(ForeignDocument(parseYaml(yaml, name), name), places, errors).config;
    errors.throwIfAny();
    std::vector<std::string> texts;
    std::vector<std::string> refused;
    for (const OptionDifference& difference : differences(config, read))
        (changesModel(*difference.option) ? refused : texts).push_back(difference.text());
    if (!refused.empty())
        throw Error(ErrorKind::Input,
                    fmt::format("MSST's format cannot express {}: its model would be another one",
                                fmt::join(refused, ", ")),
                    {}, "Choose another format: safetensors, pt or lightning.");
    return texts;
}

} // namespace

std::string msstModelType(const RunConfig& config) {
    return modelKindName(config.model.kind);
}

MsstText writeMsst(const RunConfig& given) {
    const RunConfig config = plain(given);
    requireMsstStft(config);
    MsstYaml yaml(config);
    writeAudio(yaml, config);
    writeModel(yaml, config);
    writeTraining(yaml, config);
    writeAugmentations(yaml, config, segmentSamples(config.audio));
    writeInference(yaml, config);
    MsstText text{.yaml = yaml.take(), .unsupported = {}};
    text.unsupported = unsupportedOptions(config, text.yaml);
    return text;
}

} // namespace headroom
