// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/cuda_driver.h"

#include "core/cards/cards.h"
#include "core/support/shared_library.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace headroom {
namespace {

constexpr int success = 0;

// CUdevice_attribute
constexpr int multiprocessorCount = 16;
constexpr int maxThreadsPerMultiprocessor = 39;
constexpr int computeCapabilityMajor = 75;
constexpr int computeCapabilityMinor = 76;
constexpr int virtualMemoryManagement = 102;
constexpr int posixHandles = 103; // LibTorch asks for them with every piece of memory that it maps

class Driver {
public:
    explicit Driver(const std::string& name) {
        const SharedLibrary library(name);
        complete_ = library.find(init_, "cuInit") && library.find(version_, "cuDriverGetVersion") &&
                    library.find(count_, "cuDeviceGetCount") && library.find(device_, "cuDeviceGet") &&
                    library.find(name_, "cuDeviceGetName") && library.find(memory_, "cuDeviceTotalMem_v2") &&
                    library.find(attribute_, "cuDeviceGetAttribute");
        library.find(busId_, "cuDeviceGetPCIBusId");
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
        for (int index = 0; driver.error == success && index < count; ++index) {
            driver.cards.push_back(card(index));
            driver.busIds.push_back(busId(index));
        }
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
        card.mapsMemory = has(virtualMemoryManagement, device) && has(posixHandles, device);
        estimateContext(card);
        return card;
    }

    std::string busId(int index) const {
        int device = 0;
        std::array<char, 32> text = {};
        const bool known = busId_ != nullptr && device_(&device, index) == success &&
                           busId_(text.data(), static_cast<int>(text.size() - 1), device) == success;
        return known ? text.data() : "";
    }

    bool read(int& value, int attribute, int device) const {
        return attribute_(&value, attribute, device) == success;
    }

    bool has(int attribute, int device) const {
        int value = 0;
        return read(value, attribute, device) && value != 0;
    }

    bool complete_ = false;
    int (*init_)(unsigned) = nullptr;
    int (*version_)(int*) = nullptr;
    int (*count_)(int*) = nullptr;
    int (*device_)(int*, int) = nullptr;
    int (*name_)(char*, int, int) = nullptr;
    int (*memory_)(std::size_t*, int) = nullptr;
    int (*attribute_)(int*, int, int) = nullptr;
    int (*busId_)(char*, int, int) = nullptr;
};

} // namespace

CudaDriver queryCudaDriver(const std::string& library) {
    return Driver(library).query();
}

} // namespace headroom
