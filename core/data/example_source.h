// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"
#include "core/data/batch.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headroom {

/// One training example.
struct Example {
    AudioBuffer mixture;                ///< float sum of the stems in order of their names, or the file
    std::vector<AudioBuffer> targets;   ///< in the order of data.targets
    std::vector<SegmentOrigin> origins; ///< sorted by stem name, without dropped stems; then the file
    std::vector<std::string> notices;   ///< unreadable files that caused a new draw
};

/// An endless stream of examples with random access. Thread-safe.
class ExampleSource {
public:
    virtual ~ExampleSource() = default;
    /// Example `number`, `frames` long. Deterministic. Throws Error.
    virtual Example example(std::int64_t number, std::int64_t frames) const = 0;
    /// Memory for the audio of one example, bytes.
    virtual std::int64_t exampleBytes(std::int64_t frames) const = 0;
};

} // namespace headroom
