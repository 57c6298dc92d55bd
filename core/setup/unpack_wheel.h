// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string_view>

namespace headroom {

/// Unpacks some entries of a zip file into a folder. Entries must have plain relative names. The zip's
/// checksums are verified. Throws Error (Failure); what was unpacked until then stays.
/// @param wanted   decides about an entry by its name
/// @param progress called with the number of bytes unpacked so far
/// @return false if it was stopped
bool unpackWheel(const std::filesystem::path& file, const std::filesystem::path& folder,
                 const std::function<bool(std::string_view entry)>& wanted,
                 const std::function<void(std::int64_t bytes)>& progress, const std::stop_token& stop);

} // namespace headroom
