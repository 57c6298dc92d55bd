// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/driver_functions.h"

#include "core/support/error.h"
#include "core/support/shared_library.h"

#include <fmt/format.h>

namespace headroom {
namespace {

constexpr int driverSuccess = 0;
constexpr int outOfMemory = 2; // CUDA_ERROR_OUT_OF_MEMORY

template <class Function>
void load(const SharedLibrary& driver, Function*& function, const char* name) {
    if (!driver.find(function, name))
        throw Error(ErrorKind::Failure, fmt::format("the NVIDIA driver has no function {}", name), {},
                    "Update the driver.");
}

} // namespace

DriverFunctions::DriverFunctions(const std::string& library) {
    const SharedLibrary driver(library);
    if (!driver.isOpen())
        throw Error(ErrorKind::Failure, fmt::format("no NVIDIA driver was found ({})", library), {},
                    "Install the NVIDIA driver.");
    load(driver, getDevice, "cuDeviceGet");
    load(driver, getAttribute, "cuDeviceGetAttribute");
    load(driver, getContext, "cuCtxGetCurrent");
    load(driver, setContext, "cuCtxSetCurrent");
    load(driver, retainContext, "cuDevicePrimaryCtxRetain");
    load(driver, loadModule, "cuModuleLoadData");
    load(driver, getFunction, "cuModuleGetFunction");
    load(driver, setFunctionAttribute, "cuFuncSetAttribute");
    load(driver, launch, "cuLaunchKernel");
    load(driver, errorText, "cuGetErrorString");
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
