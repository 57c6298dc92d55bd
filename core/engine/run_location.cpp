#include "core/engine/run_location.h"

#include "core/train/run_folder.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>
#include <filesystem>

namespace headroom {

namespace fs = std::filesystem;

std::string newRunFolder(const std::string& outputDir, const std::string& configFile) {
    const std::tm now = fmt::localtime(std::time(nullptr));
    const std::string name = fmt::format("{:%Y-%m-%d-%H%M%S}-{}", now, fs::path(configFile).stem().string());
    fs::path folder = fs::path(outputDir) / name;
    std::error_code error;
    for (int number = 2; fs::exists(folder, error); ++number)
        folder = fs::path(outputDir) / fmt::format("{}-{}", name, number);
    return folder.string();
}

RunConfig runConfig(const std::string& runFolder) {
    return readRunConfig(RunPaths{runFolder});
}

} // namespace headroom
