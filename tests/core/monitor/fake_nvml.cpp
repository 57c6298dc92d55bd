/// A library with the functions of NVIDIA's management library that are asked for: two devices; on the second
/// this process holds 3 MiB and another 5, of more programs than fit into one answer. The environment
/// variable FAKE_NVML says otherwise: "hidden" where the driver keeps the bytes to itself, "absent" where
/// this process is on no device.
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

} // namespace

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
