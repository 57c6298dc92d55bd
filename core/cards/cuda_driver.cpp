// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/cuda_driver.h"

#include "core/cards/cards.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <dlfcn.h>

namespace headroom {
namespace {

constexpr int success = 0;

// CUdevice_attribute
constexpr int multiprocessorCount = 16;
constexpr int maxThreadsPerMultiprocessor = 39;
constexpr int computeCapabilityMajor = 75;
constexpr int computeCapabilityMinor = 76;

/// The driver library. Never unloaded: LibTorch may be using it.
class Library {
public:
    explicit Library(const std::string& name) : handle_(dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL)) {
        complete_ = handle_ != nullptr && load(init_, "cuInit") && load(version_, "cuDriverGetVersion") &&
                    load(count_, "cuDeviceGetCount") && load(device_, "cuDeviceGet") &&
                    load(name_, "cuDeviceGetName") && load(memory_, "cuDeviceTotalMem_v2") &&
                    load(attribute_, "cuDeviceGetAttribute");
    }

    CudaDriver query() const {
        CudaDriver driver{.found = complete_};
        if (!complete_)
            return driver;
        version_(&driver.cudaVersion);
        driver.error = init_(0);
        int count = 0;
        if (driver.error == success)
            driver.error = count_(&count);
        for (int index = 0; driver.error == success && index < count; ++index)
            driver.cards.push_back(card(index));
        return driver;
    }

private:
    Card card(int index) const {
        int device = 0;
        std::array<char, 256> name = {};
        std::size_t bytes = 0;
        Card card{.name = "cuda:" + std::to_string(index)};
        if (device_(&device, index) != success || name_(name.data(), name.size() - 1, device) != success ||
            memory_(&bytes, device) != success)
            return card;
        card.name = name.data();
        card.capacity = static_cast<std::int64_t>(bytes);
        if (read(card.multiprocessors, multiprocessorCount, device) &&
            read(card.threadsPerMultiprocessor, maxThreadsPerMultiprocessor, device) &&
            read(card.computeMinor, computeCapabilityMinor, device))
            read(card.computeMajor, computeCapabilityMajor, device);
        estimateContext(card);
        return card;
    }

    template <class Function>
    bool load(Function*& function, const char* name) {
        function = reinterpret_cast<Function*>(dlsym(handle_, name));
        return function != nullptr;
    }

    bool read(int& value, int attribute, int device) const {
        return attribute_(&value, attribute, device) == success;
    }

    void* handle_;
    bool complete_ = false;
    int (*init_)(unsigned) = nullptr;
    int (*version_)(int*) = nullptr;
    int (*count_)(int*) = nullptr;
    int (*device_)(int*, int) = nullptr;
    int (*name_)(char*, int, int) = nullptr;
    int (*memory_)(std::size_t*, int) = nullptr;
    int (*attribute_)(int*, int, int) = nullptr;
};

} // namespace

CudaDriver queryCudaDriver(const std::string& library) {
    return Library(library).query();
}

} // namespace headroom
