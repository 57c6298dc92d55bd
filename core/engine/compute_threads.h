#pragma once

namespace headroom {

/// How many threads an operation on the CPU is spread over, in threads started later too. Results depend on
/// it in their last bits.
void setComputeThreads(int threads);

} // namespace headroom
