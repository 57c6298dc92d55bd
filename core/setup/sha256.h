// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <filesystem>
#include <string>

namespace headroom {

/// The SHA-256 of a file as 64 lower-case hexadecimal digits. Throws Error if it cannot be read.
std::string sha256OfFile(const std::filesystem::path& file);

} // namespace headroom
