// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/file_bytes.h"

#include <cstdint>
#include <optional>

namespace headroom {

/// The contents of the page headers of an Ogg file.
struct OggPages {
    /// Position where the last page begins, in the unit of the codec: for Vorbis, frames. 0 if the file has
    /// several streams at once, or claims no position before its last page.
    std::int64_t lastBegin = 0;
};

/// Reads the page headers. Absent for other formats. Throws Error (Input) for a truncated file, and if
/// several Ogg files are joined in one, of which libsndfile would read only the first.
std::optional<OggPages> findOgg(const FileBytes& file);

} // namespace headroom
