// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

namespace headroom::test {

/// The files by which a LibTorch is known, with paths from the folder around "torch" as in a wheel, and their
/// contents.
inline std::map<std::string, std::string> fakeLibTorchFiles(const std::string& version, bool cuda) {
    const auto dot = version.find('.');
    const auto lastDot = version.rfind('.');
    std::map<std::string, std::string> files = {
        {"torch/lib/libtorch_cpu.so", "cpu"},
        {"torch/lib/libc10.so", "c10"},
        {"torch/include/torch/headeronly/version.h",
         "#pragma once\n#define TORCH_VERSION_MAJOR " + version.substr(0, dot) +
             "\n#define TORCH_VERSION_MINOR " + version.substr(dot + 1, lastDot - dot - 1) +
             "\n#define TORCH_VERSION_PATCH " + version.substr(lastDot + 1) +
             "\n#define TORCH_VERSION \\\n  \"" + version + "\"\n"}};
    if (cuda)
        files["torch/lib/libtorch_cuda.so"] = "cuda";
    return files;
}

/// Writes them to a folder, which is "torch" of the wheel.
inline void fakeLibTorch(const std::filesystem::path& folder, const std::string& version, bool cuda) {
    for (const auto& [name, content] : fakeLibTorchFiles(version, cuda)) {
        const std::filesystem::path file = folder / std::filesystem::path(name).lexically_relative("torch");
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file) << content;
    }
}

} // namespace headroom::test
