// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/stem_names.h"

#include "core/support/lower_case.h"
#include "core/values/audio_suffixes.h"

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

/// Whether it is a song of MUSDB18 with all stems as its tracks, of which AudioReader reads one.
bool holdsStemTracks(const std::filesystem::path& path) {
    return lowerCase(path.filename().string()).ends_with(".stem.mp4");
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
    return hasAudioSuffix(path) && !holdsStemTracks(path);
}

bool isCompressedFile(const std::filesystem::path& path) {
    return hasSuffix(path, lossySuffixes) && !holdsStemTracks(path);
}

std::string unsupportedReason() {
    return fmt::format("is not supported: {}", requiredFormats);
}

std::optional<std::string_view> unsupportedFormat(const std::filesystem::path& path) {
    using Kind = std::pair<std::string_view, std::string_view>;
    constexpr std::array<Kind, 8> kinds = {{
        {".mpc", "Musepack"},
        {".dsf", "DSD"},
        {".dff", "DSD"},
        {".ra", "RealAudio"},
        {".rm", "RealAudio"},
        {".m4p", "protected AAC"},
        {".mid", "MIDI"},
        {".midi", "MIDI"},
    }};
    if (holdsStemTracks(path))
        return "MP4 with stems as tracks";
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
