// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/scalar_text.h"
#include "core/interop/msst_sections.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace headroom {
namespace {

constexpr const char* instrumentsKey = "training.instruments";
constexpr const char* targetKey = "training.target_instrument";
constexpr const char* countKey = "model.num_stems";

/// MSST's mixture is the sum of the instruments; the model separates the target, or else all of them.
void convertStems(ConversionBuilder& builder) {
    const ForeignDocument& document = builder.document();
    const auto instruments = document.texts(instrumentsKey).value_or(std::vector<std::string>{});
    const auto target = document.text(targetKey);
    if (instruments.empty() && !target) {
        builder.refuse("training.instruments is missing", instrumentsKey,
                       "List the names of the stems, which become file names.");
        return;
    }
    if (target)
        builder.set(targetKey, "data.targets", std::vector<std::string>{*target});
    else
        builder.set(instrumentsKey, "data.targets", instruments);
    builder.report(targetKey, KeyOutcome::Exact,
                   target ? "" : "no single target: the model separates all instruments");
    if (!instruments.empty())
        builder.set(instrumentsKey, "data.stems", instruments);
    const auto stems = static_cast<std::int64_t>(builder.config().data.targets.size());
    const std::int64_t count = document.integer(countKey).value_or(1);
    if (count != stems)
        builder.refuse(
            fmt::format("model.num_stems {} is not the number of stems to separate, {}", count, stems),
            countKey, "Correct it, training.instruments or training.target_instrument.");
    builder.report(countKey, KeyOutcome::Exact, "the number of data.targets");
}

void convertSilence(ConversionBuilder& builder) {
    constexpr const char* key = "audio.min_mean_abs";
    const double threshold = builder.document().number(key).value_or(0);
    builder.set(key, "data.silent_chunk_probability", threshold > 0 ? 0.0 : 1.0,
                threshold > 0 ? KeyOutcome::Near : KeyOutcome::Exact,
                threshold > 0 ? "MSST draws a quiet stem again, Headroom a segment whose targets are silent"
                              : "");
}

void convertLoudness(ConversionBuilder& builder, bool enabled) {
    constexpr const char* key = "augmentations.loudness";
    if (enabled && builder.document().flag(key).value_or(false)) {
        builder.report(key, KeyOutcome::Exact, "see its minimum and maximum");
        builder.copy({"augmentations.loudness_min", "data.gain_min", "1"});
        builder.copy({"augmentations.loudness_max", "data.gain_max", "1"});
        return;
    }
    builder.set(key, "data.gain_min", 1.0);
    builder.set(key, "data.gain_max", 1.0);
    builder.report("augmentations.loudness_min", KeyOutcome::NoEffect, "augmentations.loudness is off");
    builder.report("augmentations.loudness_max", KeyOutcome::NoEffect, "augmentations.loudness is off");
}

bool isOff(const ForeignDocument& document, const std::string& key) {
    const auto value = document.value(key);
    if (!value)
        return true;
    const std::string text = value->IsScalar() ? value->Scalar() : "on";
    return text == "false" || text == "False" || text == "FALSE" || parseReal(text) == 0.0;
}

/// For an augmentation that Headroom lacks: why the most similar option stays off. Empty if there is none.
std::string remarkOn(const std::string& key) {
    if (key.find(".seven_band_parametric_eq") != std::string::npos)
        return "data.equalizer_probability applies to all stems, so it stays off";
    return {};
}

constexpr const char* mixupKey = "augmentations.mixup";
constexpr const char* mixupOdds = "augmentations.mixup_probs";
constexpr const char* swapKey = "augmentations.all.channel_shuffle";
constexpr const char* polarityKey = "augmentations.all.random_polarity";

/// MSST averages a stem with one more segment for each of its probabilities that is drawn.
void convertMixup(ConversionBuilder& builder) {
    const auto odds = builder.document().value(mixupOdds);
    const bool isList = odds && odds->IsSequence() && odds->size() > 0;
    const auto first = isList ? parseReal((*odds)[0].Scalar()) : std::nullopt;
    if (!builder.document().flag(mixupKey).value_or(false) || !first) {
        builder.report(mixupKey, KeyOutcome::NoEffect, "it is off");
        builder.report(mixupOdds, KeyOutcome::NoEffect, "augmentations.mixup is off");
    } else {
        builder.report(mixupKey, KeyOutcome::Exact, "see its probabilities");
        builder.set(mixupOdds, "data.mixup_probability", *first,
                    odds->size() > 1 ? KeyOutcome::Near : KeyOutcome::Exact,
                    odds->size() > 1 ? "Headroom adds one segment at most" : "");
    }
    for (const char* key : {"augmentations.mixup_loudness_min", "augmentations.mixup_loudness_max"})
        builder.report(key, KeyOutcome::NoEffect, "MSST does not read it");
}

void convertAugmentations(ConversionBuilder& builder) {
    const ForeignDocument& document = builder.document();
    constexpr const char* key = "augmentations.enable";
    const bool enabled = document.flag(key).value_or(false);
    builder.report(key, KeyOutcome::Exact, enabled ? "see the other keys" : "");
    convertLoudness(builder, enabled);
    if (!enabled) {
        builder.ignore({"augmentations.", "augmentations.enable is not true"});
        return;
    }
    const bool isStereo = builder.config().audio.channels == 2;
    if (document.has(swapKey) && isStereo)
        builder.set(swapKey, "data.channel_swap_probability", document.number(swapKey).value_or(0));
    if (document.has(polarityKey))
        builder.set(polarityKey, "data.polarity_probability", document.number(polarityKey).value_or(0));
    convertMixup(builder);
    convertMsstTimeAndPitch(builder);
    for (const auto& entry : document.entries()) {
        const bool isHandled = entry.key == key || entry.key.starts_with("augmentations.loudness") ||
                               entry.key.starts_with(mixupKey) || entry.key == polarityKey ||
                               isMsstTimeOrPitch(entry.key) || isMsstLength(entry.key) ||
                               (entry.key == swapKey && isStereo);
        if (!entry.key.starts_with("augmentations.") || isHandled)
            continue;
        if (isOff(document, entry.key))
            builder.report(entry.key, KeyOutcome::NoEffect, "it is off");
        else
            builder.report(entry.key, KeyOutcome::NoCounterpart, remarkOn(entry.key));
    }
}

/// What MSST takes from its command line rather than from the file.
void assumeCommandLine(ConversionBuilder& builder) {
    builder.set("--dataset_type", "data.random_mix_probability", 1.0, KeyOutcome::Near,
                "of MSST's command line: with types 1 to 3, stems come from different songs; 0 fits the "
                "others, and for type 6 also data.mixture: file");
}

} // namespace

void convertMsstData(ConversionBuilder& builder) {
    builder.collect([&] { convertStems(builder); });
    builder.collect([&] { convertSilence(builder); });
    builder.collect([&] { convertAugmentations(builder); });
    assumeCommandLine(builder);
}

} // namespace headroom
