// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/scalar_text.h"
#include "core/interop/msst_keys.h"
#include "core/interop/msst_sections.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>

namespace headroom {
namespace {

constexpr const char* kernelChoice = "a choice of kernels, with equal results";

constexpr FixedKey mamba2Fixed[] = {
    {"model.mask_estimator_depth", "2", "Headroom's mask estimator has two linear layers"},
    {"model.module_type", "mamba2", "Headroom has only Mamba2 here"},
    {"model.mamba_gmlp", "false", "Headroom's mixers have no gated MLP"},
    {"model.stft_normalized", "false", "Headroom does not normalize this STFT"},
};

constexpr IgnoredKey ignoredMamba2Keys[] = {
    {"model.time_module_depth", "used by transformers only"},
    {"model.freq_module_depth", "used by transformers only"},
    {"model.dim_head", "used by transformers only"},
    {"model.heads", "used by transformers only"},
    {"model.attn_dropout", "used by transformers only"},
    {"model.ff_dropout", "used by transformers only"},
    {"model.flash_attn", "used by transformers only"},
    {"model.audio_cfg", "used by transformers only"},
};

constexpr IgnoredKey ignoredRoformerKeys[] = {
    {"model.flash_attn", kernelChoice},
    {"model.sage_attention", kernelChoice},
    {"model.dim_freqs_in", "MSST's model does not read it"},
    {"model.num_bands", "the widths of the bands are given"}, // reached only for a BS-RoFormer
    {"model.num_residual_streams", "one stream is the plain model"},
};

constexpr FixedKey windowKeys[] = {
    {"model.stft_window_fn", "hann", "Headroom's STFT has a Hann window"},
    {"model.multi_stft_window_fn", "hann", "Headroom's STFT has a Hann window"},
    {"model.multi_stft_normalized", "false", "Headroom does not normalize the spectrograms of the loss"},
};

constexpr IgnoredKey ignoredAudioKeys[] = {
    {"audio.hop_length", "these models read model.stft_hop_length instead"},
    {"audio.n_fft", "these models read model.stft_n_fft instead"},
    {"audio.dim_f", "these models do not read it"},
    {"audio.dim_t", "these models do not read it"},
};

void convertChannels(ConversionBuilder& builder) {
    builder.collect([&] {
        const ForeignDocument& document = builder.document();
        const std::int64_t channels = document.flag("model.stereo").value_or(false) ? 2 : 1;
        builder.set("model.stereo", "audio.channels", channels);
        const std::int64_t given = document.integer("audio.num_channels").value_or(channels);
        if (given != channels)
            builder.refuse(fmt::format("audio.num_channels {} contradicts model.stereo {}", given,
                                       channels == 2 ? "true" : "false"),
                           "audio.num_channels", "Correct one of them.");
        builder.report("audio.num_channels", KeyOutcome::Exact, "agrees with model.stereo");
    });
}

void convertWindow(ConversionBuilder& builder, ModelKind model) {
    builder.collect([&] {
        const std::int64_t nFft = builder.config().audio.nFft;
        const std::int64_t window = builder.document().integer("model.stft_win_length").value_or(2048);
        if (window == nFft)
            builder.report("model.stft_win_length", KeyOutcome::Exact, "equals the length of the transform");
        else if (model != ModelKind::BsMamba2)
            builder.set("model.stft_win_length", "model.win_length", window);
        else
            builder.refuse(fmt::format("model.stft_win_length {} is not model.stft_n_fft {}", window, nFft),
                           "model.stft_win_length",
                           "Headroom's BSMamba2 has a window as long as the transform.");
    });
}

/// The number without its last digits, so that 1 / (1 / x) is x.
double rounded(double number) {
    return parseReal(fmt::format("{:.12g}", number)).value_or(number);
}

/// MSST's loss is L1 + weight * spectrograms, Headroom's is lambda_time * L1 + spectrograms.
void convertLoss(ConversionBuilder& builder) {
    builder.collect([&] {
        constexpr const char* key = "model.multi_stft_resolution_loss_weight";
        constexpr const char* windows = "model.multi_stft_resolutions_window_sizes";
        const double weight = builder.document().number(key).value_or(1);
        if (weight > 0) {
            builder.set(key, "loss.lambda_time", rounded(1 / weight), KeyOutcome::Exact,
                        weight == 1 ? ""
                                    : "the whole loss is divided by this weight, and so are its gradients");
            builder.copy({windows, "loss.stft_windows", "[4096, 2048, 1024, 512, 256]"});
            return;
        }
        if (weight < 0)
            builder.refuse(fmt::format("{} is negative", key), key);
        builder.set(key, "loss.lambda_time", 1.0);
        builder.set(key, "loss.stft_windows", std::vector<int>{});
        builder.report(windows, KeyOutcome::NoEffect, "their weight is 0");
    });
}

/// MSST counts the linear layers of a mask estimator in two ways.
void convertMaskDepth(ConversionBuilder& builder, bool isMel) {
    builder.collect([&] {
        constexpr const char* key = "model.mask_estimator_depth";
        const std::int64_t depth = builder.document().integer(key).value_or(isMel ? 1 : 2);
        constexpr std::int64_t deepest = 100;
        if (depth < 0 || depth > deepest) {
            builder.refuse(fmt::format("{} must be from 0 to {}", key, deepest), key);
            return;
        }
        builder.set(key, "model.mask_layers", isMel ? depth + 1 : depth, KeyOutcome::Exact,
                    isMel
                        ? "MSST adds one linear layer to this number; in files from before November 2023 it "
                          "does not, and the weights decide"
                        : "");
    });
}

void convertZeroDc(ConversionBuilder& builder) {
    builder.collect([&] {
        constexpr const char* key = "model.zero_dc";
        const bool isAbsent = !builder.document().has(key);
        builder.set(key, "model.zero_dc", builder.document().flag(key).value_or(true),
                    isAbsent ? KeyOutcome::Near : KeyOutcome::Exact,
                    isAbsent ? "MSST's default since September 2025; older weights were trained with false"
                             : "");
    });
}

/// The mel bands of Headroom's model belong to the sample rate of its audio.
void convertMelRate(ConversionBuilder& builder) {
    builder.collect([&] {
        constexpr const char* key = "model.sample_rate";
        const std::int64_t rate = builder.document().integer(key).value_or(44100);
        if (rate != builder.config().audio.sampleRate)
            builder.refuse(fmt::format("model.sample_rate {} is not audio.sample_rate {}", rate,
                                       builder.config().audio.sampleRate),
                           key, "Headroom computes the mel bands from the sample rate of the audio.");
        builder.report(key, KeyOutcome::Exact, "agrees with audio.sample_rate");
        builder.report("model.match_input_audio_length", KeyOutcome::NoEffect,
                       "the output always has the length of the input");
    });
}

/// The num_bands of some published files belongs to another model.
void remarkOnBands(ConversionBuilder& builder) {
    if (!builder.document().has("training.model_type"))
        builder.set("model.num_bands", "model.num_bands", std::int64_t{builder.config().model.numBands},
                    KeyOutcome::Exact,
                    "identifies a Mel-Band RoFormer; if the weights are a BS-RoFormer's, add model_type: "
                    "bs_roformer to training");
}

void convertRoformer(ConversionBuilder& builder, bool isMel) {
    builder.set("model.dim", "model.kind", std::string(isMel ? "mel_band_roformer" : "bs_roformer"));
    builder.copy(msstRoformerKeys);
    builder.copy(isMel ? std::span<const MatchingKey>(msstMelRoformerKeys)
                       : std::span<const MatchingKey>(msstBsRoformerKeys));
    convertMaskDepth(builder, isMel);
    convertZeroDc(builder);
    if (isMel) {
        convertMelRate(builder);
        remarkOnBands(builder);
    }
    for (const IgnoredKey& ignored : ignoredRoformerKeys) {
        if (!isMel || std::string_view(ignored.key) != "model.num_bands")
            builder.ignore(ignored);
    }
}

} // namespace

void convertMsstModel(ConversionBuilder& builder, ModelKind model) {
    builder.demand("model.depth");
    if (model == ModelKind::BsMamba2) {
        builder.copy(msstMamba2Keys);
        builder.require(mamba2Fixed);
        builder.ignore(ignoredMamba2Keys);
    }
    convertChannels(builder);
    builder.copy(msstSpectrogramKeys);
    if (model != ModelKind::BsMamba2)
        convertRoformer(builder, model == ModelKind::MelBandRoformer);
    convertWindow(builder, model);
    builder.require(windowKeys);
    convertLoss(builder);
    builder.ignore(ignoredAudioKeys);
}

} // namespace headroom
