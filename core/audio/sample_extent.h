// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/file_bytes.h"

#include <cstdint>
#include <optional>

namespace headroom {

/// Position and size of the samples according to the header.
struct LengthClaim {
    std::uint64_t begin = 0;            ///< offset of the samples in the file, bytes
    std::optional<std::uint64_t> bytes; ///< size of the samples; absent: unknown
    bool is32Bit = false;               ///< the size field has 32 bits and may have wrapped around
    bool isBigEndian = false;           ///< byte order of the chunks that may follow the samples
};

/// Actual position of the samples in a file.
struct SampleExtent {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    std::optional<std::uint64_t> claimed; ///< size according to the header, bytes

    bool isAsClaimed() const { return claimed == end - begin; }
};

/// Whether a size is a placeholder that programs write if they do not know the size, for instance into a
/// pipe: 0, or close to the largest value of the field.
bool isPlaceholder32(std::uint64_t size);
bool isPlaceholder64(std::uint64_t size);

/// Checks the header's claim against the contents of the file. Accepts it if all claimed samples exist and
/// only metadata, tags or padding follow. Otherwise the samples extend to the end of the file. Throws Error
/// (Input) if the file is truncated or several files are joined in one.
SampleExtent findSamples(const FileBytes& file, const LengthClaim& claim);

} // namespace headroom
