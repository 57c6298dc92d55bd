// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_tags.h"
#include "core/audio/file_bytes.h"

#include <cstdint>
#include <string>

namespace headroom {

/// Returns the offset of the first byte after the ID3v2 tags at the start of a file; 0 without tags.
std::uint64_t endOfId3Tags(const FileBytes& file);

/// An ID3v2.4 tag in UTF-8 (id3.org, "ID3 tag version 2.4.0"), for the start of an MP3 file; empty without
/// tags.
std::string id3Tag(const AudioTags& tags);

} // namespace headroom
