// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace headroom {

/// A PNG file of gray pixels, stored without compression.
/// @param pixels 0 is black; rows from top to bottom, width * height
std::string grayPng(std::span<const std::uint8_t> pixels, int width, int height);

} // namespace headroom
