// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"
#include "core/support/error.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace headroom {

/// Counts samples that are NaN or infinite, block by block.
class BadSamples {
public:
    /// @param begin frame number of the first frame of `block`
    void add(const AudioBuffer& block, std::int64_t begin);

    bool any() const { return count_ > 0; }
    /// For messages, such as "10 samples from 1.134 s on are not numbers". Requires any().
    std::string describe(int sampleRate) const;

private:
    std::int64_t count_ = 0;
    std::int64_t first_ = 0; ///< frame
    bool anyInfinite_ = false;
};

/// A file has samples that are NaN or infinite. Of kind Input; the message has their number and first time.
class BadSamplesError : public Error {
public:
    using Error::Error;
};

/// Remedy for errors about bad samples.
inline constexpr const char* badSamplesRemedy =
    "Export it again, or remove these samples in an audio editor.";

/// Reads the whole file, block by block. Throws BadSamplesError if samples are not finite.
void rejectBadSamples(const std::filesystem::path& file);

/// Like rejectBadSamples, but reads the file only if `audio`, which was derived from it, has bad samples.
void requireFinite(const AudioBuffer& audio, const std::filesystem::path& file);

} // namespace headroom
