#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

/// What the names of files and stems say by themselves.
namespace headroom {

std::string lowerCase(std::string text);

/// Whether songs are read from this file: .wav, .flac, .aif or .aiff, capitals or not.
bool isStemFile(const std::filesystem::path& path);

/// The kind of a sound file that is not read as a stem: "MP3", "Opus", ...; absent for anything else.
std::optional<std::string_view> unreadAudioKind(const std::filesystem::path& path);

/// Names that people give to one instrument or voice: vocals, drums, bass, other, guitar, ...
bool isUsualStem(std::string_view name);

/// mix, mixdown, master, ...: names of a whole song other than "mixture".
bool meansMixture(std::string_view name);

/// accompaniment, instrumental, no_vocals, karaoke, ...: names of what is left of a song without one stem.
bool meansAccompaniment(std::string_view name);

} // namespace headroom
