// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/session/run_paths.h"

#include "core/support/error.h"
#include "core/support/xdg_folder.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <regex>
#include <system_error>

namespace headroom {
namespace {

namespace fs = std::filesystem;

/// The name of a run with this configuration, without its time.
std::string runName(const fs::path& configFile) {
    std::error_code error;
    const RunPaths run{fs::absolute(configFile, error).parent_path()};
    if (error || !run.holdsRun() || configFile.filename() != run.config().filename())
        return configFile.stem().string();
    static const std::regex time("^\\d{4}-\\d{2}-\\d{2}-\\d{4,6}-?");
    return std::regex_replace(run.root.filename().string(), time, "");
}

/// The folder for new runs that an output folder means.
fs::path runsFolder(const fs::path& outputDir) {
    const fs::path data = xdgFolder("XDG_DATA_HOME", ".local/share");
    if (outputDir.is_relative() && data.empty())
        throw Error(ErrorKind::Input, "there is no home folder for the run", "training.output_dir",
                    "Give its whole path, or name the run folder with --run.");
    return data / outputDir; // an absolute one replaces the other
}

bool hasCheckpoint(const fs::path& folder) {
    std::error_code error;
    fs::directory_iterator entries(folder, error);
    return std::any_of(begin(entries), end(entries), [](const fs::directory_entry& entry) {
        return entry.path().filename().string().starts_with("step-");
    });
}

} // namespace

bool RunPaths::holdsRun() const {
    std::error_code error;
    return fs::exists(config(), error) || hasCheckpoint(checkpoints());
}

std::string newRunFolder(const std::string& outputDir, const std::string& configFile) {
    const std::tm now = fmt::localtime(std::time(nullptr));
    const std::string label = runName(configFile);
    const std::string name = fmt::format("{:%Y-%m-%d-%H%M%S}{}{}", now, label.empty() ? "" : "-", label);
    const fs::path runs = runsFolder(outputDir);
    fs::path folder = runs / name;
    std::error_code error;
    for (int number = 2; fs::exists(folder, error); ++number)
        folder = runs / fmt::format("{}-{}", name, number);
    return folder.string();
}

} // namespace headroom
