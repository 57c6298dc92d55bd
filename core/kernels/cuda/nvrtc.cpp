// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/nvrtc.h"

#include "core/support/error.h"

#include <ATen/Context.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <dlfcn.h>
#include <memory>
#include <optional>
#include <string_view>
#include <system_error>

namespace headroom {
namespace {

namespace fs = std::filesystem;

constexpr int compilerSuccess = 0;
constexpr std::string_view remedy = "Install LibTorch again: its packages for CUDA contain NVRTC.";

/// The library "<stem>.so.<version>" in a folder. In the zip of LibTorch its name also has a hash.
std::optional<fs::path> libraryIn(const fs::path& folder, std::string_view stem) {
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with(stem) || name.find(".alt.") != std::string::npos)
            continue;
        const std::string_view rest = std::string_view(name).substr(stem.size());
        const bool hashed = rest.starts_with('-') && !rest.starts_with("-builtins");
        if (rest.starts_with(".so.") || (hashed && rest.find(".so.") != std::string_view::npos))
            return entry.path();
    }
    return std::nullopt;
}

SharedLibrary openFirst(const std::vector<fs::path>& libraries) {
    for (const fs::path& path : libraries) {
        // NVRTC opens this one by its bare name, which only succeeds if it is already loaded.
        if (const auto builtins = libraryIn(path.parent_path(), "libnvrtc-builtins"))
            SharedLibrary{builtins->string()};
        if (const SharedLibrary library(path.string()); library.isOpen())
            return library;
    }
    throw Error(ErrorKind::Failure, "NVRTC, the compiler of CUDA kernels, was not found", {},
                std::string(remedy));
}

} // namespace

Nvrtc::Nvrtc(const std::vector<fs::path>& libraries) : library_(openFirst(libraries)) {
    load(create_, "nvrtcCreateProgram");
    load(destroy_, "nvrtcDestroyProgram");
    load(compile_, "nvrtcCompileProgram");
    load(cubinSize_, "nvrtcGetCUBINSize");
    load(cubin_, "nvrtcGetCUBIN");
    load(logSize_, "nvrtcGetProgramLogSize");
    load(log_, "nvrtcGetProgramLog");
    load(versionOf_, "nvrtcVersion");
    load(architectureCount_, "nvrtcGetNumSupportedArchs");
    load(architectures_, "nvrtcGetSupportedArchs");
    load(errorText_, "nvrtcGetErrorString");
    int major = 0;
    int minor = 0;
    check(versionOf_(&major, &minor), "nvrtcVersion");
    version_ = fmt::format("{}.{}", major, minor);
}

template <class Function>
void Nvrtc::load(Function*& function, const char* name) {
    if (!library_.find(function, name))
        throw Error(ErrorKind::Failure, fmt::format("NVRTC has no function {}", name), {},
                    std::string(remedy));
}

void Nvrtc::check(int result, const std::string& source) const {
    if (result != compilerSuccess)
        throw Error(ErrorKind::Failure, fmt::format("NVRTC failed: {}", errorText_(result)), source);
}

int Nvrtc::architectureFor(int capability) const {
    int count = 0;
    check(architectureCount_(&count), "nvrtcGetNumSupportedArchs");
    std::vector<int> known(static_cast<std::size_t>(count));
    check(architectures_(known.data()), "nvrtcGetSupportedArchs");
    int best = 0;
    for (const int architecture : known)
        if (architecture / 10 == capability / 10 && architecture <= capability)
            best = std::max(best, architecture);
    return best;
}

std::string Nvrtc::logOf(Program program) const {
    std::size_t size = 0;
    if (logSize_(program, &size) != compilerSuccess || size == 0)
        return {};
    std::string text(size, '\0');
    log_(program, text.data());
    text.resize(size - 1); // without the terminator
    return text;
}

std::string Nvrtc::compile(const EmbeddedFile& source, const std::vector<EmbeddedFile>& headers,
                           const std::vector<std::string>& options) const {
    std::vector<const char*> texts;
    std::vector<const char*> names;
    for (const EmbeddedFile& header : headers) {
        texts.push_back(header.text.c_str());
        names.push_back(header.path.c_str());
    }
    std::vector<const char*> arguments;
    for (const std::string& option : options)
        arguments.push_back(option.c_str());

    Program program = nullptr;
    check(create_(&program, source.text.c_str(), source.path.c_str(), static_cast<int>(names.size()),
                  texts.data(), names.data()),
          source.path);
    const auto destroy = [this](void* created) { destroy_(&created); };
    const std::unique_ptr<void, decltype(destroy)> owner(program, destroy);
    if (const int result = compile_(program, static_cast<int>(arguments.size()), arguments.data());
        result != compilerSuccess)
        throw Error(ErrorKind::Failure,
                    fmt::format("NVRTC {} cannot compile it ({}) with {}:\n{}", version_, errorText_(result),
                                fmt::join(options, " "), logOf(program)),
                    source.path);
    std::size_t size = 0;
    check(cubinSize_(program, &size), source.path);
    std::string cubin(size, '\0');
    check(cubin_(program, cubin.data()), source.path);
    return cubin;
}

std::vector<fs::path> nvrtcLibraries() {
    std::vector<fs::path> found;
    Dl_info libtorch = {};
    if (dladdr(reinterpret_cast<const void*>(&at::globalContext), &libtorch) != 0 &&
        libtorch.dli_fname != nullptr) {
        const fs::path folder = fs::path(libtorch.dli_fname).parent_path();
        const fs::path packages = folder.parent_path().parent_path() / "nvidia";
        for (const fs::path& place : {folder, packages / "cu13" / "lib", packages / "cuda_nvrtc" / "lib"})
            if (auto library = libraryIn(place, "libnvrtc"))
                found.push_back(*std::move(library));
    }
    found.insert(found.end(), {"libnvrtc.so.13", "libnvrtc.so.12"});
    return found;
}

} // namespace headroom
