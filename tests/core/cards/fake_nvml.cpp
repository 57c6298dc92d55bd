// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
/// A fake NVML with the functions that we use and two devices, at 0000:01:00.0 and 0000:02:00.0, of driver
/// 580.65.06, with 1 and 2 GiB free. On the second one this process uses 3 MiB, and more other processes than
/// fit into the first query use 5 MiB each. The first one is hot; process 1 uses 40 % of its time and this
/// process the rest. The environment variable FAKE_NVML changes this: "hidden" hides the sizes, "absent"
/// removes this process, "cool" ends all slowdowns and other programs.
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <unistd.h>
#include <vector>

namespace {

struct ProcessInfo {
    unsigned int pid;
    unsigned long long usedGpuMemory;
    unsigned int gpuInstanceId;
    unsigned int computeInstanceId;
};

bool is(const char* mode) {
    const char* wanted = std::getenv("FAKE_NVML");
    return wanted != nullptr && std::strcmp(wanted, mode) == 0;
}

char devices[2];

struct Utilization {
    unsigned int pid;
    unsigned long long timeStamp;
    unsigned int multiprocessors;
    unsigned int memory;
    unsigned int encoder;
    unsigned int decoder;
};

struct MemoryInfo {
    unsigned long long total;
    unsigned long long free;
    unsigned long long used;
};

} // namespace

// NOLINTBEGIN(readability-identifier-naming): NVML's names
extern "C" {

int nvmlInit_v2() {
    return 0;
}

int nvmlShutdown() {
    return 0;
}

int nvmlDeviceGetCount_v2(unsigned int* count) {
    *count = 2;
    return 0;
}

int nvmlDeviceGetHandleByIndex_v2(unsigned int index, void** device) {
    *device = &devices[index];
    return 0;
}

int nvmlSystemGetDriverVersion(char* text, unsigned int size) {
    std::strncpy(text, "580.65.06", size);
    return 0;
}

int nvmlDeviceGetHandleByPciBusId_v2(const char* address, void** device) {
    constexpr int notFound = 6;
    for (int index = 0; index < 2; ++index) {
        *device = &devices[index];
        if (std::strcmp(address, index == 0 ? "0000:01:00.0" : "0000:02:00.0") == 0)
            return 0;
    }
    return notFound;
}

int nvmlDeviceGetMemoryInfo(void* device, MemoryInfo* info) {
    constexpr unsigned long long gibibyte = 1 << 30;
    const unsigned long long free = device == &devices[0] ? gibibyte : 2 * gibibyte;
    *info = {8 * gibibyte, free, 8 * gibibyte - free};
    return 0;
}

int nvmlDeviceGetCurrentClocksThrottleReasons(void* device, unsigned long long* reasons) {
    constexpr unsigned long long powerCap = 0x4, hot = 0x20, hardware = 0x8, brake = 0x80;
    *reasons = is("cool") ? 0 : device == &devices[0] ? powerCap | hot : hardware | brake;
    return 0;
}

int nvmlDeviceGetClockInfo(void*, int type, unsigned int* clock) {
    *clock = type == 1 ? (is("cool") ? 2400 : 1500) : 7000;
    return 0;
}

int nvmlDeviceGetTemperature(void*, int, unsigned int* degrees) {
    *degrees = is("cool") ? 60 : 87;
    return 0;
}

int nvmlDeviceGetPowerUsage(void*, unsigned int* milliwatts) {
    *milliwatts = 199500;
    return 0;
}

int nvmlDeviceGetEnforcedPowerLimit(void*, unsigned int* milliwatts) {
    *milliwatts = 200000;
    return 0;
}

int nvmlDeviceGetProcessUtilization(void* device, Utilization* samples, unsigned int* count,
                                    unsigned long long) {
    constexpr int notFound = 6;
    if (device == &devices[1] || is("cool"))
        return notFound; // as the driver says if there are no samples
    const unsigned int self = static_cast<unsigned int>(getpid());
    const std::vector<Utilization> all = {
        {1, 2000, 40, 0, 0, 0}, {1, 1000, 90, 0, 0, 0}, {self, 2000, 60, 0, 0, 0}};
    *count = static_cast<unsigned int>(all.size());
    std::copy(all.begin(), all.end(), samples);
    return 0;
}

int nvmlDeviceGetComputeRunningProcesses_v3(void* device, unsigned int* count, ProcessInfo* list) {
    constexpr unsigned long long mebibyte = 1 << 20;
    std::vector<ProcessInfo> processes(100, {1, 5 * mebibyte, 0, 0});
    if (device == &devices[1] && !is("absent"))
        processes.push_back({static_cast<unsigned int>(getpid()), is("hidden") ? ~0ULL : 3 * mebibyte, 0, 0});
    const bool fits = *count >= processes.size();
    *count = static_cast<unsigned int>(processes.size());
    if (!fits)
        return 7;
    std::copy(processes.begin(), processes.end(), list);
    return 0;
}
}
// NOLINTEND(readability-identifier-naming)
