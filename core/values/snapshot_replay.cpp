// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/values/snapshot_replay.h"

namespace headroom {

std::string allocatorConfText(const AllocatorSettings& settings) {
    constexpr std::int64_t mebibyte = std::int64_t{1} << 20;
    std::string text = settings.expandableSegments ? "expandable_segments:True" : "";
    if (settings.maxSplitSize > 0)
        text += (text.empty() ? "max_split_size_mb:" : ",max_split_size_mb:") +
                std::to_string(settings.maxSplitSize / mebibyte);
    return text;
}

} // namespace headroom
