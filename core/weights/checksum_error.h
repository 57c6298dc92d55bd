// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>

namespace headroom {

/// Throws Error (Input) unless a file matches its checksum.
void requireUnchanged(bool isUnchanged, const std::string& path);

} // namespace headroom
