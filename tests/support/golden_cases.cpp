#include "tests/support/golden_cases.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace headroom::test {

std::vector<std::filesystem::path> goldenCases(const std::string& kind) {
    const char* chosen = std::getenv("HEADROOM_GOLDEN_DIR");
    const std::filesystem::path folder = chosen != nullptr ? chosen : HEADROOM_TEST_DATA "/golden";
    std::vector<std::filesystem::path> cases;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".json")
            continue;
        std::ifstream file(entry.path());
        if (nlohmann::json::parse(file).value("kind", "") == kind)
            cases.push_back(entry.path());
    }
    std::sort(cases.begin(), cases.end());
    fmt::print("{} golden cases of kind {} in {}\n", cases.size(), kind, folder.string());
    return cases;
}

} // namespace headroom::test
