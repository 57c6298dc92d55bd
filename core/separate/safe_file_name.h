// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>

namespace headroom {

/// Makes a safe file or folder name from untrusted text, such as a stem name in downloaded weights: it cannot
/// leave its folder, is not hidden and is printable. Replaces separators, control characters and leading
/// dots with '_', and an empty name with "_". Keeps all other characters.
std::string safeFileName(std::string name);

} // namespace headroom
