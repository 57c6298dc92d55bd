// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/sndfile_tags.h"

#include <array>
#include <utility>

namespace headroom {
namespace {

constexpr std::array stringTypes = {
    std::pair{AudioTag::Title, SF_STR_TITLE},
    std::pair{AudioTag::Artist, SF_STR_ARTIST},
    std::pair{AudioTag::Album, SF_STR_ALBUM},
    std::pair{AudioTag::Date, SF_STR_DATE},
    std::pair{AudioTag::TrackNumber, SF_STR_TRACKNUMBER},
    std::pair{AudioTag::Genre, SF_STR_GENRE},
    std::pair{AudioTag::Comment, SF_STR_COMMENT},
    std::pair{AudioTag::Copyright, SF_STR_COPYRIGHT},
};

} // namespace

AudioTags sndfileTags(SNDFILE* file) {
    AudioTags tags;
    for (const auto& [tag, type] : stringTypes) {
        if (const char* text = sf_get_string(file, type))
            addTag(tags, tag, text);
    }
    return tags;
}

void setSndfileTags(SNDFILE* file, const AudioTags& tags) {
    for (const auto& [tag, type] : stringTypes) {
        if (const auto text = tags.find(tag); text != tags.end())
            sf_set_string(file, type, text->second.c_str());
    }
}

} // namespace headroom
