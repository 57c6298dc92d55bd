// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

/// Classifies files and stems by their names.
namespace headroom {

/// The stem of a file by its name: without extension, in lower case.
std::string stemName(const std::filesystem::path& file);

/// The name of a stem's file for messages: "vocals.wav", or "vocals/song.wav" in a folder named like the
/// stem.
std::string shownName(const std::filesystem::path& file, std::string_view stem);

/// Why other audio files cannot be used: "stems must be ...".
inline constexpr std::string_view requiredFormats =
    "stems must be WAV, FLAC, AIFF, MP3, AAC, Ogg, Opus or WMA";
/// "is not supported: stems must be ..."
std::string unsupportedReason();

/// Whether the file has the extension of audio that can be read (audio_suffixes.h).
bool isStemFile(const std::filesystem::path& path);

/// Whether the file has the extension of a format that loses quality: .mp3, .m4a, .ogg, .opus, ...
bool isCompressedFile(const std::filesystem::path& path);

/// The format of an audio file that stems cannot have: "Musepack", "DSD", ...; absent for other files.
std::optional<std::string_view> unsupportedFormat(const std::filesystem::path& path);

/// A common stem name: vocals, drums, bass, other, guitar, ..., or an accompaniment name.
bool isCommonStem(std::string_view name);

/// mix, mixdown, master, ...: names of a mixture other than "mixture".
bool isMixtureName(std::string_view name);

/// accompaniment, instrumental, no_vocals, karaoke, ...: names of a mixture without one stem.
bool isAccompanimentName(std::string_view name);

} // namespace headroom
