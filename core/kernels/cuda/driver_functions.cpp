// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/driver_functions.h"

#include "core/support/error.h"

#include <fmt/format.h>

#include <dlfcn.h>

namespace headroom {
namespace {

constexpr int driverSuccess = 0;
constexpr int outOfMemory = 2; // CUDA_ERROR_OUT_OF_MEMORY

template <class Function>
void load(void* handle, Function*& function, const char* name) {
    function = reinterpret_cast<Function*>(dlsym(handle, name));
    if (function == nullptr)
        throw Error(ErrorKind::Failure, fmt::format("the NVIDIA driver has no function {}", name), {},
                    "Update the driver.");
}

} // namespace

DriverFunctions::DriverFunctions(const std::string& library) {
    void* handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr)
        throw Error(ErrorKind::Failure, fmt::format("no NVIDIA driver was found ({})", library), {},
                    "Install the NVIDIA driver.");
    load(handle, getDevice, "cuDeviceGet");
    load(handle, getAttribute, "cuDeviceGetAttribute");
    load(handle, getContext, "cuCtxGetCurrent");
    load(handle, setContext, "cuCtxSetCurrent");
    load(handle, retainContext, "cuDevicePrimaryCtxRetain");
    load(handle, loadModule, "cuModuleLoadData");
    load(handle, getFunction, "cuModuleGetFunction");
    load(handle, setFunctionAttribute, "cuFuncSetAttribute");
    load(handle, launch, "cuLaunchKernel");
    load(handle, errorText, "cuGetErrorString");
}

void DriverFunctions::check(int result, const std::string& what) const {
    if (result == driverSuccess)
        return;
    const char* text = nullptr;
    errorText(result, &text);
    const std::string message =
        fmt::format("{}: CUDA error {} ({})", what, result, text == nullptr ? "unknown" : text);
    if (result == outOfMemory)
        throw OutOfMemoryError(message);
    throw Error(ErrorKind::Failure, message);
}

} // namespace headroom
