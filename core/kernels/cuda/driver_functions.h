// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>

namespace headroom {

/// The functions of the CUDA driver that load and launch kernels, without CUDA's headers. They return a
/// CUresult; 0 means success.
struct DriverFunctions {
    /// Loads the driver. Never unloaded: LibTorch uses it.
    /// @throws Error (Failure) if it is missing or lacks a function
    explicit DriverFunctions(const std::string& library = "libcuda.so.1");

    /// @throws OutOfMemoryError or Error (Failure) unless `result` is success
    void check(int result, const std::string& what) const;

    int (*getDevice)(int* device, int index) = nullptr;
    int (*getAttribute)(int* value, int attribute, int device) = nullptr;
    int (*getContext)(void** context) = nullptr;
    int (*setContext)(void* context) = nullptr;
    int (*retainContext)(void** context, int device) = nullptr; ///< the primary context, which LibTorch uses
    int (*loadModule)(void** module, const void* cubin) = nullptr;
    int (*getFunction)(void** function, void* module, const char* name) = nullptr;
    int (*setFunctionAttribute)(void* function, int attribute, int value) = nullptr;
    int (*launch)(void* function, unsigned gridX, unsigned gridY, unsigned gridZ, unsigned blockX,
                  unsigned blockY, unsigned blockZ, unsigned sharedBytes, void* stream, void** arguments,
                  void** extra) = nullptr;
    int (*errorText)(int result, const char** text) = nullptr;
};

} // namespace headroom
