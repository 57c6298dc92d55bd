// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
/// A fake CUDA driver: the functions that LibTorch and Headroom look up by name, except those of kernels,
/// which are in fake_kernels.cpp. The environment describes the cards, see fake_environment.h;
/// FAKECUDA_DRIVER is the CUDA version, FAKECUDA_INIT the result of cuInit(), and FAKECUDA_MAPS_MEMORY=0 a
/// driver that cannot map memory to reserved addresses.
#include "fake_environment.h"

#include <cstddef>
#include <cstdio>

extern "C" {
int cuInit(unsigned) {
    return static_cast<int>(fake::number("FAKECUDA_INIT", 0));
}
int cuDriverGetVersion(int* version) {
    *version = static_cast<int>(fake::number("FAKECUDA_DRIVER", 13000));
    return 0;
}
int cuDeviceGetCount(int* count) {
    *count = static_cast<int>(fake::capabilities().size());
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
int cuDeviceGetPCIBusId(char* text, int size, int device) {
    std::snprintf(text, static_cast<std::size_t>(size), "0000:%02x:00.0", device + 1);
    return 0;
}
int cuDeviceTotalMem_v2(std::size_t* bytes, int) {
    *bytes = fake::number("FAKECUDA_TOTAL", 0);
    return 0;
}
int cuCtxGetCurrent(void** context) {
    *context = reinterpret_cast<void*>(16);
    return 0;
}
int cuCtxSetCurrent() {
    return 0;
}
int cuDeviceGetAttribute(int* value, int attribute, int device) {
    // CUdevice_attribute
    constexpr int multiprocessorCount = 16;
    constexpr int maxThreadsPerMultiprocessor = 39;
    constexpr int computeCapabilityMajor = 75;
    constexpr int computeCapabilityMinor = 76;
    constexpr int virtualMemoryManagement = 102;
    constexpr int posixHandles = 103;
    switch (attribute) {
    case multiprocessorCount:
        *value = static_cast<int>(fake::number("FAKECUDA_SMS", static_cast<unsigned long long>(*value)));
        break;
    case maxThreadsPerMultiprocessor:
        *value = static_cast<int>(fake::number("FAKECUDA_TPSM", static_cast<unsigned long long>(*value)));
        break;
    case computeCapabilityMajor:
        *value = fake::capabilities()[static_cast<std::size_t>(device)] / 10;
        break;
    case computeCapabilityMinor:
        *value = fake::capabilities()[static_cast<std::size_t>(device)] % 10;
        break;
    case virtualMemoryManagement:
    case posixHandles:
        *value = static_cast<int>(fake::number("FAKECUDA_MAPS_MEMORY", 1));
        break;
    default:
        break;
    }
    return 0;
}
int cuDevicePrimaryCtxGetState(int, unsigned* flags, int* active) {
    *flags = 0;
    *active = 1;
    return 0;
}
int cuDevicePrimaryCtxRetain() {
    return 0;
}
int cuFuncGetAttribute() {
    return 0;
}
int cuFuncSetCacheConfig() {
    return 0;
}
int cuGetErrorString(int, const char** text) {
    *text = "fake";
    return 0;
}
int cuLaunchCooperativeKernel() {
    return 0;
}
int cuLinkAddData_v2() {
    return 0;
}
int cuLinkComplete() {
    return 0;
}
int cuLinkCreate_v2() {
    return 0;
}
int cuModuleLoad() {
    return 0;
}
int cuModuleLoadDataEx() {
    return 0;
}
int cuModuleUnload() {
    return 0;
}
int cuOccupancyMaxActiveBlocksPerMultiprocessor(int* blocks, void*, int, long) {
    *blocks = 1;
    return 0;
}
int cuPointerGetAttribute() {
    return 0;
}
int cuTensorMapEncodeTiled() {
    return 0;
}
}
