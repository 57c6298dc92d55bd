#pragma once

#include <cstdint>
#include <functional>

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

/// While it lives it hears of every counted tensor that its thread makes and frees. One at a time in a
/// thread.
class TensorListener {
public:
    /// @param sink takes the bytes of a tensor made, and minus the bytes of one freed; must not throw, nor
    ///             make tensors
    explicit TensorListener(std::function<void(std::int64_t bytes)> sink);
    ~TensorListener();
    TensorListener(const TensorListener&) = delete;
    TensorListener& operator=(const TensorListener&) = delete;

private:
    std::function<void(std::int64_t)> sink_;
};

} // namespace headroom
