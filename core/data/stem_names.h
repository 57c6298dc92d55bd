// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

/// Classifies files and stems by their names.
namespace headroom {

std::string lowerCase(std::string text);

/// Whether the file has a supported extension: .wav, .flac, .aif or .aiff, case-insensitive.
bool isStemFile(const std::filesystem::path& path);

/// The format of an audio file that stems cannot have: "MP3", "Opus", ...; absent for other files.
std::optional<std::string_view> unsupportedFormat(const std::filesystem::path& path);

/// A common stem name: vocals, drums, bass, other, guitar, ..., or an accompaniment name.
bool isCommonStem(std::string_view name);

/// mix, mixdown, master, ...: names of a mixture other than "mixture".
bool isMixtureName(std::string_view name);

/// accompaniment, instrumental, no_vocals, karaoke, ...: names of a mixture without one stem.
bool isAccompanimentName(std::string_view name);

} // namespace headroom
