// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_tags.h"

#include "core/config/scalar_text.h"

namespace headroom {

void addTag(AudioTags& tags, AudioTag tag, std::string_view text) {
    constexpr std::size_t mostBytes = 4096;
    if (!text.empty() && text.size() <= mostBytes && isUtf8(text))
        tags[tag] = text;
}

} // namespace headroom
