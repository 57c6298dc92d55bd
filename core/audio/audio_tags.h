// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <map>
#include <string>
#include <string_view>

namespace headroom {

/// What an audio file says about itself.
enum class AudioTag { Title, Artist, Album, Date, TrackNumber, Genre, Comment, Copyright };

/// Texts in UTF-8, none of them empty.
using AudioTags = std::map<AudioTag, std::string>;

/// Adds a text that comes from a file. Leaves out what no file can take: text that is empty, not UTF-8, or
/// longer than 4096 bytes.
void addTag(AudioTags& tags, AudioTag tag, std::string_view text);

} // namespace headroom
