// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/setup/library_path.h"

#include <cstdlib>
#include <string>

namespace headroom {
namespace {

constexpr const char* chosenLibTorch = "HEADROOM_LIBTORCH";
constexpr const char* libraryPath = "LD_LIBRARY_PATH";

std::string valueOf(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

std::string librariesOf(const std::string& folder) {
    return (std::filesystem::path(folder) / "lib").string();
}

/// LD_LIBRARY_PATH with the libraries of LibTorch in this folder first.
std::string pathWith(const std::string& folder) {
    const std::string others = valueOf(libraryPath);
    const std::string own = librariesOf(folder);
    return others.empty() ? own : own + ':' + others;
}

} // namespace

void putLibTorchOnPath(const std::filesystem::path& folder) {
    setenv(libraryPath, pathWith(folder.string()).c_str(), /*replace=*/1);
    setenv(chosenLibTorch, folder.c_str(), /*replace=*/1);
}

void takeLibTorchOffPath() {
    const std::string path = valueOf(libraryPath);
    const std::string own = librariesOf(valueOf(chosenLibTorch));
    if (path == own)
        unsetenv(libraryPath);
    else if (path.starts_with(own + ':'))
        setenv(libraryPath, path.substr(own.size() + 1).c_str(), /*replace=*/1);
}

std::string libraryPathVariable() {
    const std::string folder = valueOf(chosenLibTorch);
    return std::string(libraryPath) + '=' + (folder.empty() ? valueOf(libraryPath) : pathWith(folder));
}

} // namespace headroom
