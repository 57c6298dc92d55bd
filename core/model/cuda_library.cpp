// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/cuda_library.h"

#include "core/cards/cuda_driver.h"
#include "core/support/log.h"

#include <ATen/Context.h>

#include <dlfcn.h>
#include <filesystem>

namespace headroom {
namespace {

std::string& problem() {
    static std::string text;
    return text;
}

/// The folder of LibTorch's libraries as they are loaded; empty if it cannot be found.
std::filesystem::path librariesFolder() {
    Dl_info libtorch = {};
    if (dladdr(reinterpret_cast<const void*>(&at::globalContext), &libtorch) == 0 ||
        libtorch.dli_fname == nullptr)
        return {};
    return std::filesystem::path(libtorch.dli_fname).parent_path();
}

} // namespace

void loadCudaLibrary() {
    if (!queryCudaDriver().found)
        return;
    const std::filesystem::path library = librariesFolder() / "libtorch_cuda.so";
    std::error_code error;
    // Lazily, as a library that a program is linked with: not every function that it names exists in every
    // driver.
    if (!std::filesystem::exists(library, error))
        problem() = "LibTorch in " + library.parent_path().string() + " has no libraries for cards";
    else if (dlopen(library.c_str(), RTLD_LAZY | RTLD_LOCAL) == nullptr)
        problem() = std::string("LibTorch's libraries for cards cannot be loaded: ") + dlerror();
    if (!problem().empty())
        log(LogCategory::Cards, LogLevel::Warning, problem());
}

std::string cudaLibraryProblem() {
    return problem();
}

} // namespace headroom
