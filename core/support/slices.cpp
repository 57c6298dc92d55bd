// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/slices.h"

#include "core/support/rounding.h"

#include <algorithm>
#include <stdexcept>

namespace headroom {

std::int64_t sliceSize(std::int64_t total, std::int64_t slices) {
    if (slices < 1)
        throw std::invalid_argument("the number of slices must be at least 1");
    return divideUp(total, slices);
}

void forEachSlice(std::int64_t total, std::int64_t slices, const SliceBody& body) {
    const std::int64_t size = sliceSize(total, slices);
    if (total < 1)
        return;
    if (auto* observer = ThreadLocalHook<SliceObserver>::current()) {
        observer->run(total, size, body);
        return;
    }
    for (std::int64_t begin = 0; begin < total; begin += size)
        body(begin, std::min(begin + size, total));
}

} // namespace headroom
