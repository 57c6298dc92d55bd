// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/stem_names.h"

#include "core/support/lower_case.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace headroom {
namespace {

/// Normalizes "No Vocals", "no-vocals" and "no_vocals" to the same name.
std::string plainName(std::string_view name) {
    std::string plain = lowerCase(std::string(name));
    std::erase_if(plain, [](char c) { return c == ' ' || c == '-' || c == '_' || c == '(' || c == ')'; });
    return plain;
}

template <std::size_t Count>
bool isAmong(std::string_view name, const std::array<std::string_view, Count>& names) {
    return std::ranges::find(names, std::string_view(plainName(name))) != names.end();
}

bool hasExtension(const std::filesystem::path& path, const std::array<std::string_view, 4>& extensions) {
    return std::ranges::count(extensions, lowerCase(path.extension().string())) > 0;
}

} // namespace

std::string stemName(const std::filesystem::path& file) {
    return lowerCase(file.stem().string());
}

std::string shownName(const std::filesystem::path& file, std::string_view stem) {
    const std::string folder = file.parent_path().filename().string();
    const std::string name = file.filename().string();
    return lowerCase(folder) == lowerCase(std::string(stem)) ? folder + "/" + name : name;
}

bool isStemFile(const std::filesystem::path& path) {
    constexpr std::array<std::string_view, 4> extensions = {".wav", ".flac", ".aif", ".aiff"};
    return hasExtension(path, extensions) || isCompressedFile(path);
}

bool isCompressedFile(const std::filesystem::path& path) {
    constexpr std::array<std::string_view, 4> extensions = {".mp3", ".ogg", ".oga", ".opus"};
    return hasExtension(path, extensions);
}

std::string unsupportedReason() {
    return fmt::format("is not supported: {}", requiredFormats);
}

std::optional<std::string_view> unsupportedFormat(const std::filesystem::path& path) {
    using Kind = std::pair<std::string_view, std::string_view>;
    constexpr std::array<Kind, 13> kinds = {{
        {".mp2", "MP2"},
        {".m4a", "M4A"},
        {".mp4", "MP4"},
        {".aac", "AAC"},
        {".wma", "WMA"},
        {".ape", "APE"},
        {".wv", "WavPack"},
        {".mka", "Matroska"},
        {".webm", "WebM"},
        {".caf", "CAF"},
        {".w64", "Wave64"},
        {".rf64", "RF64"},
        {".aifc", "AIFF-C"},
    }};
    const std::string extension = lowerCase(path.extension().string());
    const auto found = std::ranges::find(kinds, std::string_view(extension), &Kind::first);
    return found == kinds.end() ? std::nullopt : std::optional(found->second);
}

bool isCommonStem(std::string_view name) {
    constexpr std::array<std::string_view, 33> names = {
        "vocals", "vocal",  "voice",     "speech",       "leadvocals",  "backingvocals", "drums",
        "drum",   "bass",   "other",     "others",       "rest",        "guitar",        "guitars",
        "piano",  "keys",   "synth",     "strings",      "wind",        "winds",         "percussion",
        "brass",  "organ",  "kick",      "snare",        "instrument",  "music",         "effects",
        "sfx",    "dialog", "otherkeys", "otherplucked", "bowedstrings"};
    return isAmong(name, names) || isAccompanimentName(name);
}

bool isMixtureName(std::string_view name) {
    constexpr std::array<std::string_view, 8> names = {"mix",     "mixes",  "mixdown",  "mixed",
                                                       "fullmix", "master", "mastered", "fullsong"};
    return isAmong(name, names);
}

bool isAccompanimentName(std::string_view name) {
    constexpr std::array<std::string_view, 12> names = {
        "accompaniment", "instrumental", "instrumentals", "novocals",  "novocal", "karaoke",
        "backing",       "backingtrack", "minusone",      "nonvocals", "inst",    "withoutvocals"};
    return isAmong(name, names);
}

} // namespace headroom
