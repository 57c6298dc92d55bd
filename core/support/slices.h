#pragma once

#include <cstdint>
#include <functional>

namespace headroom {

/// What is done with rows begin ... end - 1. So that a loop can be foretold from one of its slices, a body
/// - frees by its end what it allocates, save what the first slice makes for all (a parameter's gradient),
/// - writes its results into buffers made before the loop,
/// - does the same for every slice of the same number of rows, but for where it reads and writes.
using SliceBody = std::function<void(std::int64_t begin, std::int64_t end)>;

/// Takes over the loops of the thread that it is installed on.
class SliceObserver {
public:
    virtual ~SliceObserver() = default;

    /// Stands in for: body(0, size), body(size, 2 * size), ..., the last call ending at `total`; it may leave
    /// out calls whose results nobody reads. `body` may hold further loops.
    virtual void run(std::int64_t total, std::int64_t size, const SliceBody& body) = 0;
};

/// While it lives, `observer` runs the loops of the thread that made it; before and after, whoever did.
class SliceObserverGuard {
public:
    explicit SliceObserverGuard(SliceObserver& observer);
    ~SliceObserverGuard();
    SliceObserverGuard(const SliceObserverGuard&) = delete;
    SliceObserverGuard& operator=(const SliceObserverGuard&) = delete;

private:
    SliceObserver* before_;
};

/// Rows of a slice when `total` rows are cut into at most `slices` (at least 1) equal ones: total / slices,
/// rounded up.
std::int64_t sliceSize(std::int64_t total, std::int64_t slices);

/// Runs `body` on one slice of `total` rows after the other; the last may be shorter. Nothing for no rows.
void forEachSlice(std::int64_t total, std::int64_t slices, const SliceBody& body);

} // namespace headroom
