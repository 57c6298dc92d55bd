// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/kernel_compiler.h"

#include "core/kernels/cuda/cubin_cache.h"
#include "core/kernels/cuda/kernel_sources.h"
#include "core/kernels/cuda/nvrtc.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <vector>

namespace headroom {
namespace {

/// Loaded on first use, and tried again after a failure.
const Nvrtc& compiler() {
    static const Nvrtc nvrtc(nvrtcLibraries());
    return nvrtc;
}

/// A kernel source and all headers, which it may include.
struct Sources {
    EmbeddedFile kernel;
    std::vector<EmbeddedFile> headers;
};

Sources sourcesOf(const std::string& name) {
    Sources sources;
    for (const EmbeddedFile& file : embeddedFiles())
        if (file.path.ends_with(".cuh"))
            sources.headers.push_back(file);
        else if (file.path.ends_with("/" + name + ".cu"))
            sources.kernel = file;
    if (sources.kernel.path.empty())
        throw Error(ErrorKind::Failure, fmt::format("there is no kernel source {}.cu", name));
    return sources;
}

std::vector<std::string> optionsFor(const CudaKernel& kernel, int architecture) {
    std::vector<std::string> options = {fmt::format("--gpu-architecture=sm_{}", architecture), "--std=c++20"};
    for (const auto& [name, value] : kernel.macros)
        options.push_back(fmt::format("--define-macro={}={}", name, value));
    return options;
}

} // namespace

std::string machineCode(const CudaKernel& kernel, int capability) {
    const int architecture = architectureFor(capability);
    if (architecture == 0)
        throw Error(ErrorKind::Failure, fmt::format("NVRTC {} cannot compile for compute capability {}.{}",
                                                    compiler().version(), capability / 10, capability % 10));
    const Sources sources = sourcesOf(kernel.source);
    const std::vector<std::string> options = optionsFor(kernel, architecture);

    std::vector<std::string> key = options;
    key.push_back(compiler().version());
    key.push_back(sources.kernel.text);
    for (const EmbeddedFile& header : sources.headers)
        key.push_back(header.text);
    const CubinCache cache(kernelCacheFolder());
    if (auto stored = cache.find(key))
        return *std::move(stored);
    if (auto* observer = ThreadLocalHook<KernelCompilationObserver>::current())
        observer->beginsCompilation();
    std::string cubin = compiler().compile(sources.kernel, sources.headers, options);
    cache.store(key, cubin);
    return cubin;
}

int architectureFor(int capability) {
    return compiler().architectureFor(capability);
}

} // namespace headroom
