// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/ffmpeg_log.h"

extern "C" {
#include <libavutil/error.h>
#include <libavutil/log.h>
#include <libavutil/mem.h>
}

#include <array>
#include <cctype>
#include <cstdarg>
#include <cstdio>

namespace headroom {
namespace {

std::string& firstReason() {
    static thread_local std::string reason;
    return reason;
}

/// Keeps printable ASCII: the text may quote the file.
std::string printableLine(const char* text) {
    std::string line;
    for (; *text != '\0' && *text != '\n'; ++text)
        line += std::isprint(static_cast<unsigned char>(*text)) != 0 ? *text : '?';
    while (line.ends_with('.') || line.ends_with(' '))
        line.pop_back();
    return line;
}

void keepReason(void* /*context*/, int level, const char* format, va_list arguments) {
    if (level > AV_LOG_ERROR || !firstReason().empty())
        return;
    std::array<char, 256> text{};
    if (std::vsnprintf(text.data(), text.size(), format, arguments) > 0)
        firstReason() = printableLine(text.data());
}

} // namespace

void prepareFfmpeg() {
    [[maybe_unused]] static const bool ready = [] {
        constexpr std::size_t largestBlock = std::size_t{256} << 20;
        av_log_set_callback(keepReason);
        av_max_alloc(largestBlock);
        return true;
    }();
}

void clearFfmpegReason() {
    firstReason().clear();
}

std::string ffmpegReason(int result) {
    if (!firstReason().empty())
        return firstReason();
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
    av_strerror(result, text.data(), text.size());
    return printableLine(text.data());
}

} // namespace headroom
