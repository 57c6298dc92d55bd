// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>

namespace headroom {

/// Names of the tensors of positions in published files, after the name of an attention:
/// "layers.3.1.layers.0.0."
inline constexpr std::string_view rotaryName = "rotary_embed.freqs";
inline constexpr std::string_view polarName = "pope_embed.inv_freqs";
inline constexpr std::string_view biasName = "pope_embed.bias";

/// The name of the bias that an attention shares with the first one of the same part of all layers.
/// @param name begins with that of the attention
inline std::string sharedBias(std::string_view name) {
    const auto begin = name.find('.', name.find('.') + 1) + 1;
    std::string shared = "layers.0.";
    shared += name.substr(begin, name.find('.', begin) - begin);
    shared += ".layers.0.0.";
    shared += biasName;
    return shared;
}

} // namespace headroom
