// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/file_bytes.h"

#include <cstdint>
#include <functional>

namespace headroom {

/// Caches the length of a file that must be decoded to find it. Calls `count` once per process and version of
/// the file. Any thread; two threads may both count a file at the same time.
std::int64_t cachedLength(const FileBytes& file, const std::function<std::int64_t()>& count);

} // namespace headroom
