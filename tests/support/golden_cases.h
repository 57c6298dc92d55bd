#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace headroom::test {

/// The JSON file of every golden case of this kind, in order of name: from the folder that
/// HEADROOM_GOLDEN_DIR names, else tests/data/golden. Prints how many there are.
std::vector<std::filesystem::path> goldenCases(const std::string& kind);

} // namespace headroom::test
