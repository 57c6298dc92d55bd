// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/file_bytes.h"

#include <cstdint>
#include <optional>
#include <string>

namespace headroom {

/// Replaces the header of a file whose own header has no length or a wrong one.
struct RewrittenHeader {
    std::string bytes;           ///< replaces the bytes of the file before `begin`
    std::uint64_t begin = 0;     ///< offset of the samples in the file, bytes
    std::uint64_t end = 0;       ///< offset of their end
    std::optional<double> claim; ///< claimed length as a fraction of the actual one; absent: no claim
};

/// Checks the header of a WAV, RF64, BW64, Wave64, AIFF, AU or CAF file against the contents. Absent if the
/// header is correct, and for other formats. Throws Error (Input) if the file is truncated, if several files
/// are joined in one, or if no valid header exists for a file of this length.
std::optional<RewrittenHeader> checkHeader(const FileBytes& file);

/// The check of each format. The file must start with its magic bytes.
std::optional<RewrittenHeader> checkRiffHeader(const FileBytes& file);
std::optional<RewrittenHeader> checkWave64Header(const FileBytes& file);
std::optional<RewrittenHeader> checkAiffHeader(const FileBytes& file);
std::optional<RewrittenHeader> checkAuHeader(const FileBytes& file);
std::optional<RewrittenHeader> checkCafHeader(const FileBytes& file);

} // namespace headroom
