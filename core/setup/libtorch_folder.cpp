// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/setup/libtorch_folder.h"

#include "core/support/cache_folder.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace headroom {
namespace {

namespace fs = std::filesystem;

constexpr const char* variable = "HEADROOM_LIBTORCH";

std::string chosenFolder() {
    const char* value = std::getenv(variable);
    return value == nullptr ? "" : value;
}

/// The number in "#define NAME number"; empty if the line is another.
std::string definedNumber(const std::string& line, const std::string& name) {
    const std::string start = "#define " + name + ' ';
    return line.starts_with(start) ? line.substr(start.size()) : "";
}

std::string versionOf(const fs::path& folder) {
    std::ifstream header(folder / "include/torch/headeronly/version.h");
    std::string major, minor, patch;
    for (std::string line; std::getline(header, line);) {
        major += definedNumber(line, "TORCH_VERSION_MAJOR");
        minor += definedNumber(line, "TORCH_VERSION_MINOR");
        patch += definedNumber(line, "TORCH_VERSION_PATCH");
    }
    return major.empty() || minor.empty() || patch.empty() ? "" : major + '.' + minor + '.' + patch;
}

/// The folders .../lib/python3.N/site-packages/torch of a virtual environment.
std::vector<fs::path> torchPackages(const fs::path& environment) {
    std::vector<fs::path> packages;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(environment / "lib", error)) {
        if (entry.path().filename().string().starts_with("python3"))
            packages.push_back(entry.path() / "site-packages/torch");
    }
    std::ranges::sort(packages);
    return packages;
}

} // namespace

bool LibTorchFolder::isUsable() const {
    // The forecast depends on internals of 2.11.
    return complete && version.starts_with("2.11.");
}

LibTorchFolder inspectLibTorch(const fs::path& folder) {
    const auto has = [&](const char* library) {
        std::error_code error;
        return fs::exists(folder / "lib" / library, error);
    };
    return {.path = folder,
            .version = versionOf(folder),
            .complete = has("libtorch_cpu.so") && has("libc10.so"),
            .hasCuda = has("libtorch_cuda.so")};
}

fs::path programsFolder() {
    std::error_code error;
    const fs::path folder = fs::read_symlink("/proc/self/exe", error).parent_path();
    return folder.filename() == "bin" ? folder.parent_path() / "lib/headroom" : folder;
}

fs::path setupFolder() {
    if (cacheFolder().empty())
        throw Error(ErrorKind::Input,
                    "there is no folder for LibTorch: neither XDG_CACHE_HOME nor HOME is set", {},
                    "Set HOME to your home folder.");
    return cacheFolder() / (std::string("libtorch-") + libTorchVersion);
}

std::vector<fs::path> libTorchPlaces() {
    if (const std::string chosen = chosenFolder(); !chosen.empty())
        return {chosen};
    std::vector<fs::path> places = {programsFolder() / "libtorch"};
    if (const fs::path cache = cacheFolder(); !cache.empty()) {
        places.push_back(setupFolder() / "torch");
        std::ranges::copy(torchPackages(cache / (std::string("torch-") + libTorchVersion)),
                          std::back_inserter(places));
    }
    return places;
}

bool isLibTorchNamed() {
    return !chosenFolder().empty();
}

std::optional<LibTorchFolder> findLibTorch() {
    for (const fs::path& place : libTorchPlaces()) {
        if (LibTorchFolder found = inspectLibTorch(place); found.isUsable())
            return found;
    }
    return std::nullopt;
}

std::string missingLibTorch() {
    if (const std::string chosen = chosenFolder(); !chosen.empty()) {
        const LibTorchFolder found = inspectLibTorch(chosen);
        const std::string why = !found.complete         ? "there is no LibTorch"
                                : found.version.empty() ? "LibTorch has an unknown version"
                                                        : "LibTorch is " + found.version;
        return fmt::format(
            "{}={}: {}, and Headroom needs {}. Unset it, or name a folder that contains lib and include.",
            variable, chosen, why, libTorchVersion);
    }
    return fmt::format("LibTorch {} is missing. Run `headroom setup` to download it from PyPI.",
                       libTorchVersion);
}

} // namespace headroom
