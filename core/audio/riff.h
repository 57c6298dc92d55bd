#pragma once

#include <filesystem>

namespace headroom {

/// Throws Error where the header of a WAV, RF64 or AIFF file claims more bytes of samples than follow it, as
/// after an interrupted copy. libsndfile would read the shorter file without a word. Files of other kinds,
/// and headers that make no claim (written to a pipe), pass.
void checkClaimedLength(const std::filesystem::path& path);

} // namespace headroom
