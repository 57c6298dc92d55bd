#pragma once

#include "core/audio/file_bytes.h"

#include <cstdint>
#include <functional>

namespace headroom {

/// The length of a file that only decoding tells: what `count` returns for it, once in the life of this
/// process for every version of the file. Any thread; two that ask at once may both count.
std::int64_t lengthCountedOnce(const FileBytes& file, const std::function<std::int64_t()>& count);

} // namespace headroom
