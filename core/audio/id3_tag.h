// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/file_bytes.h"

#include <cstdint>

namespace headroom {

/// Returns the offset of the first byte after the ID3v2 tags at the start of a file; 0 without tags.
std::uint64_t endOfId3Tags(const FileBytes& file);

} // namespace headroom
