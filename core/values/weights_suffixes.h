// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace headroom {

/// Extensions of weights files, in lower case. What a file is, its content decides.
inline constexpr std::array<std::string_view, 5> weightsSuffixes = {"safetensors", "ckpt", "pt", "pth", "th"};

/// The same for a file dialog.
inline constexpr const char* weightsPatterns = "*.safetensors *.ckpt *.pt *.pth *.th";

/// @param suffix in lower case, without the dot
constexpr bool isWeightsSuffix(std::string_view suffix) {
    return std::ranges::find(weightsSuffixes, suffix) != weightsSuffixes.end();
}

} // namespace headroom
