// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <filesystem>

namespace headroom {

/// Makes renames in the folder durable. Ignores errors: some file systems cannot sync a folder.
void syncFolder(const std::filesystem::path& folder);

} // namespace headroom
