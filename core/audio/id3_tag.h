#pragma once

#include "core/audio/file_bytes.h"

#include <cstdint>

namespace headroom {

/// The first byte behind the ID3v2 tags that a file begins with; 0 where it begins with none.
std::uint64_t endOfId3Tags(const FileBytes& file);

} // namespace headroom
