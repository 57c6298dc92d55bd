#pragma once

namespace headroom {

/// How many threads an operation on the CPU is spread over, in threads started later too. Results depend on
/// it in their last bits.
void setComputeThreads(int threads);

/// While it lives, operations begun on the thread that made it are not spread over others.
class SingleThreadGuard {
public:
    SingleThreadGuard();
    ~SingleThreadGuard();
    SingleThreadGuard(const SingleThreadGuard&) = delete;
    SingleThreadGuard& operator=(const SingleThreadGuard&) = delete;

private:
    int before_;
};

} // namespace headroom
