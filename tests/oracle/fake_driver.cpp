/// The few functions of the CUDA driver that are looked for by name, by LibTorch and by us. Nothing is behind
/// them but the card that the environment names, as in fake_cuda.cpp.
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

static bool fromEnvironment(const char* name, unsigned long long& value) {
    const char* given = std::getenv(name);
    if (given != nullptr)
        value = std::strtoull(given, nullptr, 10);
    return given != nullptr;
}

/// Ten times the compute capability of each card: "61,86" are two.
static std::vector<int> capabilities() {
    std::vector<int> list;
    const char* given = std::getenv("FAKECUDA_CC");
    for (std::istringstream text(given == nullptr ? "90" : given); text.good();) {
        std::string one;
        std::getline(text, one, ',');
        if (!one.empty())
            list.push_back(std::atoi(one.c_str()));
    }
    return list;
}

extern "C" {
int cuInit(unsigned) {
    unsigned long long error = 0;
    fromEnvironment("FAKECUDA_INIT", error);
    return static_cast<int>(error);
}
int cuDriverGetVersion(int* version) {
    unsigned long long given = 13000;
    fromEnvironment("FAKECUDA_DRIVER", given);
    *version = static_cast<int>(given);
    return 0;
}
int cuDeviceGetCount(int* count) {
    *count = static_cast<int>(capabilities().size());
    return 0;
}
int cuDeviceGet(int* device, int index) {
    *device = index;
    return 0;
}
int cuDeviceGetName(char* name, int size, int device) {
    std::snprintf(name, static_cast<std::size_t>(size), device == 0 ? "Fake" : "Fake %d", device + 1);
    return 0;
}
int cuDeviceTotalMem_v2(std::size_t* bytes, int) {
    unsigned long long total = 0;
    fromEnvironment("FAKECUDA_TOTAL", total);
    *bytes = total;
    return 0;
}
int cuCtxGetCurrent(void** p) {
    *p = reinterpret_cast<void*>(16);
    return 0;
}
int cuCtxSetCurrent(void) {
    return 0;
}
int cuDeviceGetAttribute(int* value, int attribute, int device) {
    unsigned long long given = 0;
    if (attribute == 16 && fromEnvironment("FAKECUDA_SMS", given))
        *value = static_cast<int>(given);
    if (attribute == 39 && fromEnvironment("FAKECUDA_TPSM", given))
        *value = static_cast<int>(given);
    if (attribute == 75)
        *value = capabilities()[static_cast<std::size_t>(device)] / 10;
    if (attribute == 76)
        *value = capabilities()[static_cast<std::size_t>(device)] % 10;
    return 0;
}
int cuDevicePrimaryCtxGetState(int, unsigned* f, int* a) {
    *f = 0;
    *a = 1;
    return 0;
}
int cuDevicePrimaryCtxRetain(void) {
    return 0;
}
int cuFuncGetAttribute(void) {
    return 0;
}
int cuFuncSetAttribute(void) {
    return 0;
}
int cuFuncSetCacheConfig(void) {
    return 0;
}
int cuGetErrorString(int, const char** p) {
    *p = "fake";
    return 0;
}
int cuLaunchCooperativeKernel(void) {
    return 0;
}
int cuLaunchKernel(void) {
    return 0;
}
int cuLinkAddData_v2(void) {
    return 0;
}
int cuLinkComplete(void) {
    return 0;
}
int cuLinkCreate_v2(void) {
    return 0;
}
int cuModuleGetFunction(void** f, void*, const char*) {
    *f = reinterpret_cast<void*>(16);
    return 0;
}
int cuModuleLoad(void) {
    return 0;
}
int cuModuleLoadData(void) {
    return 0;
}
int cuModuleLoadDataEx(void) {
    return 0;
}
int cuModuleUnload(void) {
    return 0;
}
int cuOccupancyMaxActiveBlocksPerMultiprocessor(int* n, void*, int, long) {
    *n = 1;
    return 0;
}
int cuPointerGetAttribute(void) {
    return 0;
}
int cuTensorMapEncodeTiled(void) {
    return 0;
}
}
