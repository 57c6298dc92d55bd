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

/// Extensions of weights files, in lower case. The format of a file follows from its content.
inline constexpr std::array<std::string_view, 5> weightsSuffixes = {"safetensors", "ckpt", "pt", "pth", "th"};

/// The same for a file dialog.
inline constexpr const char* weightsPatterns = "*.safetensors *.ckpt *.pt *.pth *.th";

/// @param suffix in lower case, without the dot
constexpr bool isWeightsSuffix(std::string_view suffix) {
    return std::ranges::find(weightsSuffixes, suffix) != weightsSuffixes.end();
}

/// Whether the name of a file ends with one of the extensions, in any case.
inline bool hasWeightsSuffix(const std::filesystem::path& file) {
    const std::string extension = lowerCase(file.extension().string());
    return !extension.empty() && isWeightsSuffix(std::string_view(extension).substr(1));
}

} // namespace headroom
