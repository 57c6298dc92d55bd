// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/interop/msst_sections.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace headroom {
namespace {

/// An augmentation of MSST: a probability and a range, by the ends of their keys. Its options of Headroom.
struct RangedAugmentation {
    const char* probability;
    const char* low;
    const char* high;
    const char* options[4]; ///< probability, low, high, stems
    const char* remark;     ///< how it differs; empty: not at all
};

constexpr const char* pitchOptions[] = {"data.pitch_probability", "data.pitch_min", "data.pitch_max",
                                        "data.pitch_stems"};
constexpr RangedAugmentation pitchShift = {
    "pitch_shift",
    "pitch_shift_min_semitones",
    "pitch_shift_max_semitones",
    {pitchOptions[0], pitchOptions[1], pitchOptions[2], pitchOptions[3]},
    ""};
/// The same by another library. MSST applies both, one after the other.
constexpr RangedAugmentation boardPitchShift = {
    "pedalboard_pitch_shift",
    "pedalboard_pitch_shift_semitones_min",
    "pedalboard_pitch_shift_semitones_max",
    {pitchOptions[0], pitchOptions[1], pitchOptions[2], pitchOptions[3]},
    ""};
constexpr RangedAugmentation timeStretch = {
    "time_stretch",
    "time_stretch_min_rate",
    "time_stretch_max_rate",
    {"data.stretch_probability", "data.stretch_min", "data.stretch_max", "data.stretch_stems"},
    "MSST fills up a segment that became shorter with silence, Headroom with what follows in the song"};

constexpr const char* sectionStart = "augmentations.";

/// The key of all stems, if the stem has none of its own.
std::string keyFor(const ForeignDocument& document, const std::string& stem, const char* name) {
    std::string own = fmt::format("{}{}.{}", sectionStart, stem, name);
    std::string common = fmt::format("{}all.{}", sectionStart, name);
    return document.has(own) || !document.has(common) ? own : common;
}

/// What an augmentation does to one stem.
struct StemChange {
    std::string stem;
    double probability;
    double low;
    double high;

    bool isLike(const StemChange& other) const {
        return probability == other.probability && low == other.low && high == other.high;
    }
};

/// The stems that the augmentation changes. A key that MSST needs and that is missing is an error.
std::vector<StemChange> changesOf(ConversionBuilder& builder, const RangedAugmentation& kind) {
    const ForeignDocument& document = builder.document();
    std::vector<StemChange> changes;
    const DataConfig& data = builder.config().data;
    for (const std::string& stem : data.stems.empty() ? data.targets : data.stems) {
        const double probability = document.number(keyFor(document, stem, kind.probability)).value_or(0);
        if (probability <= 0)
            continue;
        for (const char* end : {kind.low, kind.high})
            builder.demand(keyFor(document, stem, end));
        changes.push_back({stem, probability, document.number(keyFor(document, stem, kind.low)).value_or(0),
                           document.number(keyFor(document, stem, kind.high)).value_or(0)});
    }
    return changes;
}

/// Reports every key of the augmentation, in whatever section it is.
void reportAll(ConversionBuilder& builder, const RangedAugmentation& kind, KeyOutcome outcome,
               const std::string& remark) {
    for (const auto& entry : builder.document().entries()) {
        const std::string_view key = entry.key;
        const std::string_view name = key.substr(key.rfind('.') + 1);
        if (key.starts_with(sectionStart) &&
            (name == kind.probability || name == kind.low || name == kind.high))
            builder.report(entry.key, outcome, remark);
    }
}

/// One probability and range for all stems: of several, what they have in common, or else those of the first.
void convert(ConversionBuilder& builder, const RangedAugmentation& kind,
             const std::vector<StemChange>& changes) {
    StemChange common = changes.front();
    for (const StemChange& change : changes) {
        common.probability = std::min(common.probability, change.probability);
        common.low = std::max(common.low, change.low);
        common.high = std::min(common.high, change.high);
    }
    const bool isOne =
        std::ranges::all_of(changes, [&](const StemChange& change) { return change.isLike(common); });
    std::string remark = kind.remark;
    if (!isOne)
        remark = "Headroom has one range for all stems: what those of MSST have in common";
    if (common.low > common.high) {
        common = changes.front();
        remark = fmt::format("Headroom has one range for all stems: that of {}", common.stem);
    }
    const KeyOutcome outcome = remark.empty() ? KeyOutcome::Exact : KeyOutcome::Near;
    reportAll(builder, kind, outcome, remark);
    const std::string& stem = common.stem;
    const auto set = [&](const char* name, const char* option, const OptionValue& value) {
        builder.set(keyFor(builder.document(), stem, name), option, value, outcome, remark);
    };
    set(kind.probability, kind.options[0], common.probability);
    set(kind.low, kind.options[1], common.low);
    set(kind.high, kind.options[2], common.high);
    const DataConfig& data = builder.config().data;
    if (changes.size() == (data.stems.empty() ? data.targets : data.stems).size())
        return;
    std::vector<std::string> stems;
    std::ranges::transform(changes, std::back_inserter(stems), &StemChange::stem);
    set(kind.probability, kind.options[3], stems);
}

/// @return whether the augmentation is in use
bool convertKind(ConversionBuilder& builder, const RangedAugmentation& kind) {
    const std::vector<StemChange> changes = changesOf(builder, kind);
    if (changes.empty())
        reportAll(builder, kind, KeyOutcome::NoEffect, "it is off");
    else
        convert(builder, kind, changes);
    return !changes.empty();
}

} // namespace

bool isMsstTimeOrPitch(std::string_view key) {
    const std::string_view name = key.substr(key.rfind('.') + 1);
    return name.starts_with(pitchShift.probability) || name.starts_with(boardPitchShift.probability) ||
           name.starts_with(timeStretch.probability);
}

void convertMsstTimeAndPitch(ConversionBuilder& builder) {
    convertKind(builder, timeStretch);
    if (!convertKind(builder, pitchShift))
        convertKind(builder, boardPitchShift);
    else
        reportAll(builder, boardPitchShift,
                  changesOf(builder, boardPitchShift).empty() ? KeyOutcome::NoEffect
                                                              : KeyOutcome::NoCounterpart,
                  "pitch_shift is taken over, and Headroom shifts pitch once");
}

} // namespace headroom
