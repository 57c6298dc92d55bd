#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace headroom {

/// Where one stem of one example came from.
struct ChunkOrigin {
    std::string song;
    std::string stem;
    double seconds = 0; ///< start of the chunk in its song
    float gain = 1;
    double semitones = 0;   ///< by which it was made higher, and faster
    bool isSwapped = false; ///< left and right exchanged
};

/// batchSize examples of training data, contiguous and channel-major, in full-scale units.
struct Batch {
    std::int64_t firstExample = 0; ///< number of the first example in the run's endless stream
    int batchSize = 0;
    int stems = 0;
    int channels = 0;
    std::int64_t frames = 0;
    std::vector<float> mixture; ///< [batchSize, channels, frames]; the sum of the gained stems
    std::vector<float>
        targets; ///< [batchSize, stems, channels, frames]; the gained stems that are trained on
    std::vector<std::vector<ChunkOrigin>> origins; ///< by example
};

/// An endless, seeded stream of examples, cut into batches. Any thread, one at a time.
class BatchSource {
public:
    virtual ~BatchSource() = default;
    /// The examples firstExample ... firstExample + batchSize - 1, each `frames` long. Example k is the same
    /// whatever the batch size, the workers or the history. Throws Error.
    virtual Batch batch(std::int64_t firstExample, int batchSize, std::int64_t frames) = 0;
};

} // namespace headroom
