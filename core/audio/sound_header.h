#pragma once

#include "core/audio/file_bytes.h"

#include <cstdint>
#include <optional>
#include <string>

namespace headroom {

/// A header that is put in place of a file's own, which does not say how long the sound is, or not rightly.
struct RewrittenHeader {
    std::string bytes;           ///< stands for all that is in the file before `begin`
    std::uint64_t begin = 0;     ///< the samples in the file
    std::uint64_t end = 0;       ///< behind them
    std::optional<double> claim; ///< share of the sound that the file's own header claims; absent: none
};

/// Checks the header of a WAV, RF64, BW64, Wave64, AIFF, AU or CAF file against what is in the file. Absent
/// where it may stay as it is, and for other kinds of files. Throws Error (Input) where the file is cut
/// short, where several are joined, and where the sound does not fit the only header that could be written.
std::optional<RewrittenHeader> checkHeader(const FileBytes& file);

/// By kind, for files that begin as theirs do.
std::optional<RewrittenHeader> checkRiffHeader(const FileBytes& file);
std::optional<RewrittenHeader> checkWave64Header(const FileBytes& file);
std::optional<RewrittenHeader> checkAiffHeader(const FileBytes& file);
std::optional<RewrittenHeader> checkAuHeader(const FileBytes& file);
std::optional<RewrittenHeader> checkCafHeader(const FileBytes& file);

} // namespace headroom
