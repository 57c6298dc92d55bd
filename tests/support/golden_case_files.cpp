// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/golden_case_files.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace headroom::test {

std::filesystem::path ownGoldenFolder() {
    return HEADROOM_TEST_DATA "/golden";
}

std::filesystem::path goldenFolder() {
    const char* chosen = std::getenv("HEADROOM_GOLDEN_DIR");
    return chosen == nullptr || *chosen == '\0' ? ownGoldenFolder() : std::filesystem::path(chosen);
}

std::vector<std::filesystem::path> goldenCaseFiles(const std::string& kind) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(goldenFolder())) {
        if (entry.path().extension() != ".json")
            continue;
        std::ifstream file(entry.path());
        if (nlohmann::json::parse(file).value("kind", "") == kind)
            files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    fmt::print("{} golden cases of kind {} in {}\n", files.size(), kind, goldenFolder().string());
    return files;
}

} // namespace headroom::test
