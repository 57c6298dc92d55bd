// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace headroom {

struct ZipEntry {
    std::string name;
    std::span<const std::byte> bytes;
};

/// Writes a zip file with uncompressed entries, atomically (AtomicFile). Equal entries give equal bytes.
/// @throws Error (Input) if the path cannot be such a file, such as a pipe, Error (Failure) if it cannot be
///         written
void writeZipFile(const std::string& path, const std::vector<ZipEntry>& entries);

} // namespace headroom
