// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

namespace headroom {

/// Downloads a page of at most 64 MiB as text; absent if it was stopped. Throws Error (Failure).
std::optional<std::string> downloadText(const std::string& url, const std::stop_token& stop);

/// Called with the number of bytes that the file has.
using DownloadProgress = std::function<void(std::int64_t bytes)>;

/// Downloads a file. The present content of `file` counts as its beginning, so that a second call continues
/// where the first was interrupted. After an interrupted connection it retries immediately, as long as each
/// attempt makes progress. On failure the file keeps what has arrived. Throws Error (Failure). One thread.
/// @param bytes the size of the whole; a server that sends more is refused
/// @return false if it was stopped
bool downloadFile(const std::string& url, const std::filesystem::path& file, std::int64_t bytes,
                  const DownloadProgress& progress, const std::stop_token& stop);

} // namespace headroom
