#pragma once

#include <cstdint>

namespace headroom {

/// What LibTorch's tensors hold of the machine's memory, in bytes as the tensors asked for them.
struct CountedBytes {
    std::int64_t allocated = 0;
    std::int64_t peak = 0; ///< highest since it was last taken; never below `allocated`
};

/// From now on the tensors of the CPU are counted, in all threads, and one that the machine has no memory for
/// is an OutOfMemoryError: Linux would promise it, and kill the program later. Those that exist already never
/// are counted. The
/// first call replaces LibTorch's allocator, for which no other thread may be making tensors; later calls do
/// nothing.
void countCpuTensors();

/// The count, whose peak begins anew. Any thread. All zero until countCpuTensors().
CountedBytes takeCountedBytes();

} // namespace headroom
