#pragma once

#include "core/audio/audio_buffer.h"
#include "core/data/batch.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headroom {

/// One training example.
struct Example {
    AudioBuffer mixture;              ///< exactly the float sum of its stems, in order of their names
    std::vector<AudioBuffer> targets; ///< in the order of data.targets
    std::vector<ChunkOrigin> origins; ///< of all stems but dropped ones, by name
    std::vector<std::string> notices; ///< files that could not be read, so that it was drawn again
};

/// An endless stream of examples that can be made in any order. Any thread, several at a time.
class ExampleSource {
public:
    virtual ~ExampleSource() = default;
    /// Example `number`, `frames` long; the same whenever it is asked for. Throws Error.
    virtual Example example(std::int64_t number, std::int64_t frames) const = 0;
    /// Memory that the sound of one such example takes.
    virtual std::int64_t exampleBytes(std::int64_t frames) const = 0;
};

} // namespace headroom
