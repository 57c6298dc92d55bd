// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/bad_samples.h"

#include "core/audio/audio_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace headroom {

void BadSamples::add(const AudioBuffer& block, std::int64_t begin) {
    for (int c = 0; c < block.channels(); ++c) {
        const auto samples = block.channel(c);
        for (std::int64_t i = 0; i < block.frames(); ++i) {
            if (std::isfinite(samples[i]))
                continue;
            first_ = count_++ == 0 ? begin + i : std::min(first_, begin + i);
            anyInfinite_ = anyInfinite_ || std::isinf(samples[i]);
        }
    }
}

std::string BadSamples::describe(int sampleRate) const {
    const double seconds = static_cast<double>(first_) / sampleRate;
    if (count_ == 1)
        return fmt::format("the sample at {:.3f} s is {}", seconds,
                           anyInfinite_ ? "infinite" : "not a number");
    return fmt::format("{} samples from {:.3f} s on are {}", count_, seconds,
                       anyInfinite_ ? "infinite or not numbers" : "not numbers");
}

void rejectBadSamples(const std::filesystem::path& file) {
    constexpr std::int64_t blockFrames = 1 << 16;
    AudioReader reader(file);
    BadSamples bad;
    while (reader.position() < reader.info().frames) {
        const std::int64_t begin = reader.position();
        bad.add(reader.read(blockFrames), begin);
    }
    if (bad.any())
        throw BadSamplesError(ErrorKind::Input, bad.describe(reader.info().sampleRate), file.string(),
                              badSamplesRemedy);
}

void requireFinite(const AudioBuffer& audio, const std::filesystem::path& file) {
    BadSamples bad;
    bad.add(audio, 0);
    if (bad.any())
        rejectBadSamples(file);
}

} // namespace headroom
