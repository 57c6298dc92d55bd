// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace headroom::test {

/// The folder of the golden cases that come with the tests.
std::filesystem::path ownGoldenFolder();

/// The folder of the golden cases: HEADROOM_GOLDEN_DIR, or ownGoldenFolder() if that is not set.
std::filesystem::path goldenFolder();

/// The JSON files of all golden cases of a kind, sorted by name. Prints their number.
std::vector<std::filesystem::path> goldenCaseFiles(const std::string& kind);

} // namespace headroom::test
