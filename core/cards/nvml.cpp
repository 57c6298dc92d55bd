// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/nvml.h"

#include "core/support/shared_library.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
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
        library.find(reasons_, "nvmlDeviceGetCurrentClocksThrottleReasons");
        library.find(clock_, "nvmlDeviceGetClockInfo");
        library.find(temperature_, "nvmlDeviceGetTemperature");
        library.find(power_, "nvmlDeviceGetPowerUsage");
        library.find(powerLimit_, "nvmlDeviceGetEnforcedPowerLimit");
        library.find(utilization_, "nvmlDeviceGetProcessUtilization");
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

    std::optional<CardState> state(const std::string& busId) const {
        Device device = nullptr;
        if (deviceAt_ == nullptr || deviceAt_(busId.c_str(), &device) != nvmlSuccess)
            return std::nullopt;
        CardState state;
        if (unsigned long long reasons = 0;
            reasons_ != nullptr && reasons_(device, &reasons) == nvmlSuccess) {
            constexpr unsigned long long powerCap = 0x4, hardware = 0x8, thermal = 0x20 | 0x40, brake = 0x80;
            state.isAtPowerLimit = (reasons & powerCap) != 0;
            state.lacksPower = (reasons & brake) != 0;
            // The hardware's slowdown without a reason is that of heat, too.
            state.isHot = (reasons & thermal) != 0 || ((reasons & hardware) != 0 && !state.lacksPower);
        }
        const auto read = [&](auto* query, auto... selector) {
            unsigned int value = 0;
            return query != nullptr && query(device, selector..., &value) == nvmlSuccess ? value : 0;
        };
        constexpr int multiprocessorClock = 1, sensor = 0;
        constexpr double milliwatts = 1000;
        state.clock = static_cast<int>(read(clock_, multiprocessorClock));
        state.temperature = static_cast<int>(read(temperature_, sensor));
        state.power = read(power_) / milliwatts;
        state.powerLimit = read(powerLimit_) / milliwatts;
        state.others = programs(device);
        return state;
    }

private:
    /// The driver keeps samples of some seconds. The newest of each program counts.
    std::vector<CardState::Program> programs(Device device) const {
        std::vector<Utilization> samples(256);
        auto count = static_cast<unsigned int>(samples.size());
        if (utilization_ == nullptr || utilization_(device, samples.data(), &count, 0) != nvmlSuccess)
            return {};
        samples.resize(std::min<std::size_t>(count, samples.size()));
        const auto self = static_cast<unsigned int>(getpid());
        std::map<unsigned int, Utilization> newest;
        for (const Utilization& sample : samples) {
            if (sample.pid == self)
                continue;
            Utilization& known = newest[sample.pid];
            if (sample.timeStamp >= known.timeStamp)
                known = sample;
        }
        std::vector<CardState::Program> programs;
        for (const auto& [process, sample] : newest)
            programs.push_back({process, static_cast<int>(std::min(sample.multiprocessors, 100U))});
        return programs;
    }

    struct Utilization {
        unsigned int pid;
        unsigned long long timeStamp; // microseconds
        unsigned int multiprocessors; // percent
        unsigned int memory;
        unsigned int encoder;
        unsigned int decoder;
    };

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
    Status (*reasons_)(Device, unsigned long long*) = nullptr;
    Status (*clock_)(Device, int, unsigned int*) = nullptr;
    Status (*temperature_)(Device, int, unsigned int*) = nullptr;
    Status (*power_)(Device, unsigned int*) = nullptr;
    Status (*powerLimit_)(Device, unsigned int*) = nullptr;
    Status (*utilization_)(Device, Utilization*, unsigned int*, unsigned long long) = nullptr;
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

std::optional<CardState> Nvml::state(const std::string& busId) const {
    return library_ ? library_->state(busId) : std::nullopt;
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
