// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/lower_case.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <string_view>

namespace headroom {

/// Extensions of audio files that do not lose quality, in lower case. The format of a file follows from its
/// content.
inline constexpr std::array<std::string_view, 16> losslessSuffixes = {
    ".wav",  ".wave", ".flac", ".aif", ".aiff", ".aifc", ".caf", ".w64",
    ".rf64", ".bw64", ".au",   ".snd", ".ape",  ".wv",   ".tta", ".tak"};

/// Extensions of audio files, and of videos with audio, that usually lose quality.
inline constexpr std::array<std::string_view, 19> lossySuffixes = {
    ".mp3", ".mp2", ".mpga", ".ogg",  ".oga", ".opus", ".m4a", ".m4b",  ".aac", ".mp4",
    ".mov", ".3gp", ".wma",  ".webm", ".mka", ".mkv",  ".ac3", ".eac3", ".dts"};

/// Whether the name of a file ends with one of the extensions, in any case.
template <std::size_t Count>
bool hasSuffix(const std::filesystem::path& file, const std::array<std::string_view, Count>& suffixes) {
    const std::string extension = lowerCase(file.extension().string());
    return std::ranges::find(suffixes, std::string_view(extension)) != suffixes.end();
}

/// Whether AudioReader may read the file, by its name.
inline bool hasAudioSuffix(const std::filesystem::path& file) {
    return hasSuffix(file, losslessSuffixes) || hasSuffix(file, lossySuffixes);
}

/// All extensions for a file dialog: "*.wav *.flac ...".
inline std::string audioPatterns() {
    std::string patterns;
    const auto add = [&](std::string_view suffix) {
        patterns += (patterns.empty() ? "*" : " *") + std::string(suffix);
    };
    std::ranges::for_each(losslessSuffixes, add);
    std::ranges::for_each(lossySuffixes, add);
    return patterns;
}

} // namespace headroom
