#pragma once

#include <string>

namespace headroom {

/// A file or folder name made from a name that comes from outside, such as a stem's of somebody's weights:
/// one that stays in its folder, is not hidden, and prints as it is. Separators, control characters and dots
/// at the beginning become '_', and so does an empty name; all others, in any script, stay.
std::string safeFileName(std::string name);

} // namespace headroom
