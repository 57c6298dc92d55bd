#pragma once

#include "core/audio/file_bytes.h"

#include <cstdint>
#include <optional>

namespace headroom {

/// What a header says about its samples.
struct LengthClaim {
    std::uint64_t begin = 0;            ///< byte of the file at which the samples begin
    std::optional<std::uint64_t> bytes; ///< absent: the header does not say how many there are
    bool is32Bit = false;               ///< the field holds no more than 4 GiB, and may have wrapped around
    bool isBigEndian = false;           ///< of the chunks that may follow the samples
};

/// Where the samples of a file are, whatever its header says.
struct SampleExtent {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    std::optional<std::uint64_t> claimed; ///< bytes that the header claims

    bool isAsClaimed() const { return claimed == end - begin; }
};

/// Whether a size is one that programs write when they do not know it, such as to a pipe: 0 or close to the
/// largest number that fits the field.
bool isPlaceholder32(std::uint64_t size);
bool isPlaceholder64(std::uint64_t size);

/// Holds a claim against what is in the file. The claim is believed where the samples it names are there and
/// nothing behind them can be samples too: metadata, tags, padding. Else all that is there is taken.
/// Throws Error (Input): the file is cut short, or several files are joined in it.
SampleExtent findSamples(const FileBytes& file, const LengthClaim& claim);

} // namespace headroom
