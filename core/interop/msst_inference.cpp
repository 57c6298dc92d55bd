// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/interop/msst_sections.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace headroom {
namespace {

constexpr FixedKey inferenceFixed[] = {
    {"inference.normalize", "false", "Headroom's models get the audio as it is"},
};

constexpr IgnoredKey ignoredInferenceKeys[] = {
    {"inference.dim_t", "these models do not read it"},
    {"inference.extension", "the names of files are given when separating"},
};

/// Seconds of a length in samples.
void setSeconds(ConversionBuilder& builder, const char* key, const char* option) {
    if (const auto samples = builder.document().integer(key))
        builder.set(key, option, static_cast<double>(*samples) / builder.config().audio.sampleRate);
}

constexpr const char* lengthsKey = "augmentations.chunk_size_augm";
constexpr const char* leastKey = "augmentations.chunk_size_min";
constexpr const char* mostKey = "augmentations.chunk_size_max";

/// MSST cuts each batch to a random length.
void convertLengths(ConversionBuilder& builder) {
    const ForeignDocument& document = builder.document();
    const auto least = document.integer(leastKey);
    const auto most = document.integer(mostKey);
    const auto chunk = document.integer("audio.chunk_size");
    const bool isOn = document.flag("augmentations.enable").value_or(false) &&
                      document.flag(lengthsKey).value_or(false) && least && most && chunk;
    if (!isOn) {
        for (const char* key : {lengthsKey, leastKey, mostKey})
            builder.report(key, KeyOutcome::NoEffect, "it is off");
        return;
    }
    const std::int64_t longest = std::min(*most, *chunk);
    if (*least < 1 || *least > longest) {
        builder.refuse(fmt::format("augmentations.chunk_size_min {} is not from 1 to {}", *least, longest),
                       leastKey);
        return;
    }
    constexpr double digits = 1e3; // of the option
    constexpr double largest = 0.9;
    const double shortening = std::round(digits * (1 - static_cast<double>(*least) / longest)) / digits;
    constexpr const char* remark = "MSST draws any length for each batch, Headroom one of 16 for each update";
    builder.report(lengthsKey, KeyOutcome::Near, "see its minimum and maximum");
    builder.set(mostKey, "audio.segment_length",
                static_cast<double>(longest) / builder.config().audio.sampleRate, KeyOutcome::Exact);
    builder.set(leastKey, "audio.segment_shortening", std::min(shortening, largest), KeyOutcome::Near,
                shortening > largest ? "0.9 is Headroom's maximum" : remark);
}

void convertChunks(ConversionBuilder& builder) {
    builder.demand("audio.chunk_size");
    for (const char* key : {"audio.chunk_size", "inference.chunk_size"}) {
        const auto samples = builder.document().integer(key);
        if (samples && *samples < 1) {
            builder.refuse(fmt::format("{} {} is not a number of samples", key, *samples), key);
            return;
        }
    }
    setSeconds(builder, "audio.chunk_size", "audio.segment_length");
    convertLengths(builder);
    const bool hasOwn = builder.document().has("inference.chunk_size");
    setSeconds(builder, hasOwn ? "inference.chunk_size" : "audio.chunk_size", "separation.chunk_seconds");
}

/// MSST's step is the chunk divided by a number.
void convertOverlap(ConversionBuilder& builder) {
    constexpr const char* key = "inference.num_overlap";
    constexpr std::int64_t most = 10; // an overlap of 0.9
    const auto given = builder.document().integer(key);
    if (!given)
        return;
    if (*given < 1) {
        builder.refuse(fmt::format("inference.num_overlap {} is not positive", *given), key);
        return;
    }
    const std::int64_t used = std::min(*given, most);
    builder.set(key, "separation.overlap", 1.0 - 1.0 / static_cast<double>(used), KeyOutcome::Near,
                *given > most ? "0.9 is Headroom's maximum"
                              : "the same step; the windows at the ends of a chunk differ");
}

/// As MSST does, unless the file says nothing.
void convertBatch(ConversionBuilder& builder) {
    constexpr const char* key = "inference.batch_size";
    const auto given = builder.document().integer(key);
    if (!given)
        return;
    if (*given < 1)
        builder.refuse(fmt::format("inference.batch_size {} is not positive", *given), key);
    else
        builder.set(key, "separation.batch_size", *given);
}

} // namespace

bool isMsstLength(std::string_view key) {
    return key == lengthsKey || key == leastKey || key == mostKey;
}

void convertMsstInference(ConversionBuilder& builder) {
    builder.collect([&] { convertChunks(builder); });
    builder.collect([&] { convertOverlap(builder); });
    builder.require(inferenceFixed);
    builder.ignore(ignoredInferenceKeys);
    builder.collect([&] { convertBatch(builder); });
}

} // namespace headroom
