// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/interop/msst_sections.h"

#include <fmt/format.h>

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

void convertChunks(ConversionBuilder& builder) {
    builder.demand("audio.chunk_size");
    for (const char* key : {"audio.chunk_size", "inference.chunk_size"}) {
        const auto samples = builder.document().integer(key);
        if (samples && *samples < 1) {
            builder.refuse(fmt::format("{} {} is no number of samples", key, *samples), key);
            return;
        }
    }
    setSeconds(builder, "audio.chunk_size", "audio.segment_length");
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
                *given > most ? "0.9 is the most that Headroom has"
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

void convertMsstInference(ConversionBuilder& builder) {
    builder.collect([&] { convertChunks(builder); });
    builder.collect([&] { convertOverlap(builder); });
    builder.require(inferenceFixed);
    builder.ignore(ignoredInferenceKeys);
    builder.collect([&] { convertBatch(builder); });
}

} // namespace headroom
