#pragma once

#include <filesystem>

namespace headroom {

/// Makes renames in the folder durable. Some file systems cannot sync a folder, which is no fault of the
/// files in it: nothing is reported.
void syncFolder(const std::filesystem::path& folder);

} // namespace headroom
