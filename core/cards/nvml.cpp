// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/nvml.h"

#include "core/support/shared_library.h"

#include <array>
#include <limits>
#include <unistd.h>
#include <vector>

namespace headroom {
namespace {

// Declarations of the NVML reference; nvml.h is part of the CUDA toolkit only.
using Status = int;
using Device = void*;
constexpr Status nvmlSuccess = 0;
constexpr Status insufficientSize = 7;

} // namespace

/// The loaded library, initialized if it is complete.
class Nvml::Library {
public:
    // Not in the unnamed namespace: GCC 14 crashes on members that are functions of such types.
    struct ProcessInfo {
        unsigned int pid;
        unsigned long long usedGpuMemory; // all bits set if the driver does not report it
        unsigned int gpuInstanceId;
        unsigned int computeInstanceId;
    };

    explicit Library(const SharedLibrary& library) {
        const bool complete = library.find(init_, "nvmlInit_v2") && library.find(shutdown_, "nvmlShutdown") &&
                              library.find(count_, "nvmlDeviceGetCount_v2") &&
                              library.find(device_, "nvmlDeviceGetHandleByIndex_v2") &&
                              library.find(processes_, "nvmlDeviceGetComputeRunningProcesses_v3");
        started_ = complete && init_() == nvmlSuccess;
        library.find(driverVersion_, "nvmlSystemGetDriverVersion");
        library.find(deviceAt_, "nvmlDeviceGetHandleByPciBusId_v2");
        library.find(memory_, "nvmlDeviceGetMemoryInfo");
    }
    ~Library() {
        if (started_)
            shutdown_();
    }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;

    bool started() const { return started_; }

    std::vector<Device> devices() const {
        unsigned int count = 0;
        std::vector<Device> devices;
        if (count_(&count) != nvmlSuccess)
            return devices;
        for (unsigned int i = 0; i < count; ++i) {
            Device device = nullptr;
            if (device_(i, &device) == nvmlSuccess)
                devices.push_back(device);
        }
        return devices;
    }

    std::vector<ProcessInfo> processes(Device device) const {
        std::vector<ProcessInfo> list(64);
        auto count = static_cast<unsigned int>(list.size());
        Status status = processes_(device, &count, list.data());
        if (status == insufficientSize) {
            list.resize(2 * std::size_t{count}); // more processes may have started meanwhile
            count = static_cast<unsigned int>(list.size());
            status = processes_(device, &count, list.data());
        }
        list.resize(status == nvmlSuccess ? count : 0);
        return list;
    }

    std::string driverVersion() const {
        std::array<char, 96> text = {}; // NVML writes at most 80
        const bool known =
            driverVersion_ != nullptr &&
            driverVersion_(text.data(), static_cast<unsigned int>(text.size() - 1)) == nvmlSuccess;
        return known ? text.data() : "";
    }

    std::optional<std::int64_t> freeMemory(const std::string& busId) const {
        Device device = nullptr;
        MemoryInfo info{};
        if (deviceAt_ == nullptr || memory_ == nullptr || deviceAt_(busId.c_str(), &device) != nvmlSuccess ||
            memory_(device, &info) != nvmlSuccess)
            return std::nullopt;
        return static_cast<std::int64_t>(info.free);
    }

private:
    struct MemoryInfo {
        unsigned long long total;
        unsigned long long free;
        unsigned long long used;
    };

    bool started_ = false;
    Status (*init_)() = nullptr;
    Status (*shutdown_)() = nullptr;
    Status (*count_)(unsigned int*) = nullptr;
    Status (*device_)(unsigned int, Device*) = nullptr;
    Status (*processes_)(Device, unsigned int*, ProcessInfo*) = nullptr;
    Status (*driverVersion_)(char*, unsigned int) = nullptr;
    Status (*deviceAt_)(const char*, Device*) = nullptr;
    Status (*memory_)(Device, MemoryInfo*) = nullptr;
};

Nvml::Nvml(const std::string& library) {
    auto loaded = std::make_unique<Library>(SharedLibrary(library));
    if (loaded->started())
        library_ = std::move(loaded);
}

Nvml::~Nvml() = default;

std::string Nvml::driverVersion() const {
    return library_ ? library_->driverVersion() : "";
}

std::optional<std::int64_t> Nvml::freeMemory(const std::string& busId) const {
    return library_ ? library_->freeMemory(busId) : std::nullopt;
}

std::optional<std::int64_t> Nvml::heldByThisProcess() const {
    std::optional<std::int64_t> held;
    if (!library_)
        return held;
    const auto self = static_cast<unsigned int>(getpid());
    for (Device device : library_->devices()) {
        for (const Library::ProcessInfo& process : library_->processes(device)) {
            if (process.pid != self)
                continue;
            const bool reported = process.usedGpuMemory <= std::numeric_limits<std::int64_t>::max();
            if (held || !reported)
                return std::nullopt;
            held = static_cast<std::int64_t>(process.usedGpuMemory);
        }
    }
    return held;
}

} // namespace headroom
