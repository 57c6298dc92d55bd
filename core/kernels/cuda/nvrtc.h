// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kernels/cuda/kernel_sources.h"
#include "core/support/shared_library.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace headroom {

/// NVRTC, NVIDIA's compiler for kernels at run time. It comes with LibTorch and needs neither a CUDA toolkit
/// nor a card. Any thread.
class Nvrtc {
public:
    /// @param libraries paths, or names without a folder that the loader searches for; the first that loads
    ///     is used
    /// @throws Error (Failure) if it is not found or lacks a function
    explicit Nvrtc(const std::vector<std::filesystem::path>& libraries);

    /// "13.0"
    const std::string& version() const { return version_; }

    /// The compute capability to compile for, so that the code runs on a card of `capability`; both times
    /// ten. The same one, or the next lower one with the same major version. 0 if NVRTC knows none.
    int architectureFor(int capability) const;

    /// Compiles a source to machine code.
    /// @param headers all that it may include
    /// @param options as for nvcc
    /// @return an ELF file, a "cubin"
    /// @throws Error (Failure) with the compiler's messages
    std::string compile(const EmbeddedFile& source, const std::vector<EmbeddedFile>& headers,
                        const std::vector<std::string>& options) const;

private:
    using Program = void*;

    template <class Function>
    void load(Function*& function, const char* name);
    void check(int result, const std::string& source) const;
    std::string logOf(Program program) const;

    SharedLibrary library_;
    std::string version_;
    int (*create_)(Program*, const char* text, const char* name, int headers, const char* const* headerTexts,
                   const char* const* headerNames) = nullptr;
    int (*destroy_)(Program*) = nullptr;
    int (*compile_)(Program, int count, const char* const* options) = nullptr;
    int (*cubinSize_)(Program, std::size_t*) = nullptr;
    int (*cubin_)(Program, char*) = nullptr;
    int (*logSize_)(Program, std::size_t*) = nullptr;
    int (*log_)(Program, char*) = nullptr;
    int (*versionOf_)(int* major, int* minor) = nullptr;
    int (*architectureCount_)(int*) = nullptr;
    int (*architectures_)(int*) = nullptr;
    const char* (*errorText_)(int) = nullptr;
};

/// Where NVRTC may be: in the folder of this process's LibTorch, in that of NVIDIA's packages beside it, or
/// where the loader searches.
std::vector<std::filesystem::path> nvrtcLibraries();

} // namespace headroom
