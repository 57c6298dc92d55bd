// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/interop/hydra_config.h"

#include "core/config/scalar_text.h"
#include "core/interop/conversion_builder.h"
#include "core/support/error.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstdint>

namespace headroom {
namespace {

constexpr MatchingKey authorsPairs[] = {
    {"model.dim", "model.hidden_dim"},
    {"model.depth", "model.num_layers"},
    {"featurizer.direct_transform.n_fft", "audio.n_fft"},
    {"featurizer.direct_transform.hop_length", "audio.hop_length"},
    {"featurizer.multi_win_length", "loss.stft_windows"},
    {"featurizer.multi_transform.hop_length", "loss.stft_hop"},
    {"train_dataset.augmentation.loudness.loudness_min", "data.gain_min"},
    {"train_dataset.augmentation.loudness.loudness_max", "data.gain_max"},
    {"train_dataset.mix_prop", "data.random_mix_probability", "1"},
    {"train_loader.batch_size", "training.batch_size"},
    {"opt.lr", "training.learning_rate"},
    {"opt.weight_decay", "training.weight_decay", "0.01"},
    {"trainer.max_epochs", "training.num_epochs"},
    {"trainer.gradient_clip_val", "training.grad_clip", "0"},
    {"callbacks.ema.decay", "training.ema_decay"},
};

constexpr FixedKey authorsFixed[] = {
    {"model.mask_estimator_depth", "2", "Headroom's mask estimator has two linear layers"},
    {"model.module_type", "mamba2", "Headroom has only Mamba2 here"},
    {"model.mamba_gmlp", "false", "Headroom's mixers have no gated MLP"},
};

constexpr IgnoredKey ignoredKeysOfAuthors[] = {
    {"model._target_", "the name of a class"},           {"model.dim_head", "used by transformers only"},
    {"model.heads", "used by transformers only"},        {"model.ff_dropout", "used by transformers only"},
    {"model.attn_dropout", "used by transformers only"}, {"model.flash_attn", "used by transformers only"},
};

/// Terms of the loss, in whichever section the file has them.
constexpr FixedKey lossTerms[] = {
    {"complex_error", "false", "Headroom's loss has no such term"},
    {"phase_loss", "false", "Headroom's loss has no such term"},
    {"mag_loss", "false", "Headroom's loss has no such term"},
    {"consistency", "false", "Headroom's loss has no such term"},
    {"time_loss", "true", "Headroom's loss always has this term"},
    {"multi_stft_loss", "true", "Headroom's loss always has this term"},
};

void requireLossTerms(ConversionBuilder& builder) {
    for (const auto& entry : builder.document().entries()) {
        const std::string name = entry.key.substr(entry.key.rfind('.') + 1);
        const auto term =
            std::ranges::find_if(lossTerms, [&](const FixedKey& key) { return name == key.key; });
        if (term == std::end(lossTerms))
            continue;
        const FixedKey key{entry.key.c_str(), term->only, term->reason};
        builder.require(std::span(&key, 1));
    }
}

void convertAuthorsWindows(ConversionBuilder& builder) {
    const std::int64_t nFft = builder.config().audio.nFft;
    for (const char* key : {"featurizer.direct_transform.win_length", "featurizer.multi_n_fft"}) {
        const std::int64_t given = builder.document().integer(key).value_or(nFft);
        if (given != nFft)
            builder.refuse(fmt::format("{} {} is not the transform's length {}", key, given, nFft), key,
                           "Headroom's BSMamba2 uses one length for both.");
        builder.report(key, KeyOutcome::Exact, "equals the length of the transform");
    }
}

void convertAuthorsStems(ConversionBuilder& builder) {
    const ForeignDocument& document = builder.document();
    builder.set("model.stereo", "audio.channels",
                std::int64_t{document.flag("model.stereo").value_or(false) ? 2 : 1});
    constexpr const char* targetKey = "train_dataset.target";
    constexpr const char* stemsKey = "train_dataset.instruments";
    if (const auto target = document.value(targetKey))
        builder.set(targetKey, "data.targets",
                    target->IsScalar() ? std::vector<std::string>{*document.text(targetKey)}
                                       : *document.texts(targetKey));
    if (const auto stems = document.texts(stemsKey))
        builder.set(stemsKey, "data.stems", *stems);
    constexpr const char* silenceKey = "train_dataset.silent_prob";
    if (const auto silence = document.number(silenceKey)) {
        builder.set(silenceKey, "data.stem_dropout", *silence);
        builder.set(silenceKey, "data.silent_chunk_probability", 1.0, KeyOutcome::Exact,
                    "each stem of a mixed segment is silenced with this probability");
    }
}

/// Cards that share a batch: 2 for "0, 1".
std::int64_t cards(const ForeignDocument& document) {
    const auto devices = document.value("trainer.devices");
    if (!devices)
        return 1;
    if (devices->IsSequence())
        return std::max<std::int64_t>(1, static_cast<std::int64_t>(devices->size()));
    return 1 + std::ranges::count(devices->Scalar(), ',');
}

/// One card processes the segments of all cards one after another; an epoch is a number of segments.
void convertAuthorsSteps(ConversionBuilder& builder) {
    const ForeignDocument& document = builder.document();
    const std::int64_t accumulated = document.integer("trainer.accumulate_grad_batches").value_or(1);
    const std::int64_t devices = cards(document);
    if (accumulated < 1 || accumulated > 1024)
        builder.refuse("trainer.accumulate_grad_batches is out of range", "trainer.accumulate_grad_batches");
    else
        builder.set("trainer.accumulate_grad_batches", "training.gradient_accumulation_steps",
                    accumulated * devices, devices == 1 ? KeyOutcome::Exact : KeyOutcome::Near,
                    devices == 1 ? "" : fmt::format("times the {} cards of trainer.devices", devices));
    builder.report("trainer.devices", KeyOutcome::Near, "one card takes the steps of all of them");
    constexpr const char* key = "train_dataset.num_steps";
    const std::int64_t batch = builder.config().training.batchSize;
    if (const auto segments = document.integer(key))
        builder.set(key, "training.steps_per_epoch", *segments / batch, KeyOutcome::Near,
                    "it counts segments, not batches");
}

void convertAuthorsOptimizer(ConversionBuilder& builder) {
    constexpr const char* key = "opt._target_";
    const std::string name = builder.document().text(key).value_or("torch.optim.AdamW");
    if (name.ends_with("AdamW"))
        builder.set(key, "training.optimizer", std::string("adamw"));
    else
        builder.report(key, KeyOutcome::NoCounterpart, "training.optimizer stays adamw");
}

void convertAuthorsPrecision(ConversionBuilder& builder) {
    constexpr const char* key = "trainer.precision";
    const auto name = builder.document().text(key);
    if (!name)
        return;
    const bool isFull = name->starts_with("32");
    const bool isHalf = name->starts_with("16");
    if (!isFull && !isHalf && !name->starts_with("bf16"))
        builder.refuse(fmt::format("trainer.precision {} is not supported", excerpt(*name)), key);
    else
        builder.set(key, "training.precision", std::string(isFull ? "fp32" : "bf16"),
                    isHalf ? KeyOutcome::Near : KeyOutcome::Exact,
                    isHalf ? "bfloat16 instead of float16" : "");
}

/// The file has the length of a segment in seconds or in samples. Below 1000 it is in seconds: no segment is
/// that long, and none has so few samples.
void convertAuthorsSeparation(ConversionBuilder& builder) {
    constexpr double mostSeconds = 1000;
    constexpr const char* windowKey = "test_dataset.win_size";
    constexpr const char* hopKey = "test_dataset.hop_size";
    const auto window = builder.document().number(windowKey);
    if (!window || *window <= 0)
        return;
    builder.set(windowKey, "separation.chunk_seconds",
                *window < mostSeconds ? *window : *window / builder.config().audio.sampleRate);
    if (const auto hop = builder.document().number(hopKey))
        builder.set(hopKey, "separation.overlap", 1 - *hop / *window, KeyOutcome::Near,
                    "the same step; the authors add up segments without fades");
}

} // namespace

bool isHydraConfig(const YAML::Node& root) {
    return hasKey(root, "model", "dim") && hasKey(root, "featurizer") && hasKey(root, "train_dataset");
}

Conversion convertHydra(const ForeignDocument& document, ConfigPlaces& places, ConfigErrors& errors) {
    ConversionBuilder builder(document, places, errors);
    builder.copy(authorsPairs);
    builder.require(authorsFixed);
    if (!document.has("model.module_type"))
        builder.refuse("model.module_type is missing, and the default is a transformer", "model.module_type",
                       "Headroom has only Mamba2 here.");
    builder.ignore(ignoredKeysOfAuthors);
    requireLossTerms(builder);
    builder.collect([&] { convertAuthorsWindows(builder); });
    builder.collect([&] { convertAuthorsStems(builder); });
    builder.collect([&] { convertAuthorsSteps(builder); });
    builder.collect([&] { convertAuthorsOptimizer(builder); });
    builder.collect([&] { convertAuthorsPrecision(builder); });
    builder.collect([&] { convertAuthorsSeparation(builder); });
    return builder.finish(ForeignFormat::Authors, "BSMamba2");
}

} // namespace headroom
