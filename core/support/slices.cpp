#include "core/support/slices.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace headroom {
namespace {

thread_local SliceObserver* installed = nullptr;

} // namespace

SliceObserverGuard::SliceObserverGuard(SliceObserver& observer)
    : before_(std::exchange(installed, &observer)) {}

SliceObserverGuard::~SliceObserverGuard() {
    installed = before_;
}

std::int64_t sliceSize(std::int64_t total, std::int64_t slices) {
    if (slices < 1)
        throw std::invalid_argument("rows cut into fewer slices than one");
    return (total + slices - 1) / slices;
}

void forEachSlice(std::int64_t total, std::int64_t slices, const SliceBody& body) {
    const std::int64_t size = sliceSize(total, slices);
    if (total < 1)
        return;
    if (installed != nullptr) {
        installed->run(total, size, body);
        return;
    }
    for (std::int64_t begin = 0; begin < total; begin += size)
        body(begin, std::min(begin + size, total));
}

} // namespace headroom
