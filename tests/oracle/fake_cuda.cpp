// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A CUDA runtime without a device: kernels do nothing, memory is only counted. LibTorch's real CUDA code runs
// on it. gen_stubs.py generates the functions that only return success.
#include "fake_cuda.h"

#include "cuda_half_types.h"
#include "fake_environment.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstring>
#include <cuda_runtime_api.h>

namespace fake {

std::uintptr_t newHandle() {
    static std::atomic<std::uintptr_t> last = 0x1000;
    return last += 0x100;
}

} // namespace fake

namespace {

thread_local int currentDevice = 0;

const std::vector<int>& capabilities() {
    static const auto& list = *new std::vector<int>(fake::capabilities());
    return list;
}

} // namespace

extern "C" {

// ------------------------------------------------------------ devices

IMPLEMENTED(cudaGetDevice) cudaError_t cudaGetDevice(int* device) {
    *device = currentDevice;
    return cudaSuccess;
}

IMPLEMENTED(cudaSetDevice) cudaError_t cudaSetDevice(int device) {
    if (device < 0 || device >= static_cast<int>(capabilities().size()))
        return cudaErrorInvalidDevice;
    currentDevice = device;
    return cudaSuccess;
}

IMPLEMENTED(cudaGetDeviceCount) cudaError_t cudaGetDeviceCount(int* count) {
    *count = static_cast<int>(capabilities().size());
    return cudaSuccess;
}

IMPLEMENTED(cudaGetErrorName) const char* cudaGetErrorName(cudaError_t) {
    return "fake";
}

IMPLEMENTED(cudaGetErrorString) const char* cudaGetErrorString(cudaError_t) {
    return "fake error";
}

IMPLEMENTED(cudaDriverGetVersion) cudaError_t cudaDriverGetVersion(int* version) {
    *version = 13000;
    return cudaSuccess;
}

IMPLEMENTED(cudaRuntimeGetVersion) cudaError_t cudaRuntimeGetVersion(int* version) {
    *version = 13000;
    return cudaSuccess;
}

/// An H100, except for what the environment describes.
IMPLEMENTED(cudaGetDeviceProperties)
cudaError_t cudaGetDeviceProperties(cudaDeviceProp* properties, int device) {
    std::memset(properties, 0, sizeof *properties);
    std::strcpy(properties->name, "Fake H100");
    properties->totalGlobalMem = fake::capacity();
    properties->major = capabilities().at(device) / 10;
    properties->minor = capabilities().at(device) % 10;
    properties->multiProcessorCount = static_cast<int>(fake::number("FAKECUDA_SMS", 132));
    properties->maxThreadsPerMultiProcessor = static_cast<int>(fake::number("FAKECUDA_TPSM", 2048));
    properties->warpSize = 32;
    properties->maxThreadsPerBlock = 1024;
    properties->sharedMemPerBlock = 49152;
    properties->sharedMemPerMultiprocessor = 233472;
    properties->sharedMemPerBlockOptin = 232448;
    properties->regsPerBlock = 65536;
    properties->regsPerMultiprocessor = 65536;
    properties->maxThreadsDim[0] = 1024;
    properties->maxThreadsDim[1] = 1024;
    properties->maxThreadsDim[2] = 64;
    properties->maxGridSize[0] = 2147483647;
    properties->maxGridSize[1] = 65535;
    properties->maxGridSize[2] = 65535;
    properties->l2CacheSize = 52428800;
    properties->textureAlignment = 512;
    properties->memPitch = 2147483647;
    properties->maxBlocksPerMultiProcessor = 32;
    properties->unifiedAddressing = 1;
    properties->totalConstMem = 65536;
    properties->memoryBusWidth = 5120;
    properties->concurrentKernels = 1;
    properties->asyncEngineCount = 3;
    return cudaSuccess;
}

IMPLEMENTED(cudaDeviceGetAttribute)
cudaError_t cudaDeviceGetAttribute(int* value, cudaDeviceAttr attribute, int device) {
    cudaDeviceProp properties;
    cudaGetDeviceProperties(&properties, device);
    switch (attribute) {
    case cudaDevAttrMultiProcessorCount:
        *value = properties.multiProcessorCount;
        break;
    case cudaDevAttrComputeCapabilityMajor:
        *value = properties.major;
        break;
    case cudaDevAttrComputeCapabilityMinor:
        *value = properties.minor;
        break;
    case cudaDevAttrMaxSharedMemoryPerBlock:
        *value = static_cast<int>(properties.sharedMemPerBlock);
        break;
    case cudaDevAttrMaxSharedMemoryPerBlockOptin:
        *value = static_cast<int>(properties.sharedMemPerBlockOptin);
        break;
    case cudaDevAttrMaxSharedMemoryPerMultiprocessor:
        *value = static_cast<int>(properties.sharedMemPerMultiprocessor);
        break;
    case cudaDevAttrMaxGridDimX:
        *value = properties.maxGridSize[0];
        break;
    case cudaDevAttrMaxThreadsPerBlock:
        *value = properties.maxThreadsPerBlock;
        break;
    case cudaDevAttrWarpSize:
        *value = properties.warpSize;
        break;
    case cudaDevAttrMaxThreadsPerMultiProcessor:
        *value = properties.maxThreadsPerMultiProcessor;
        break;
    case cudaDevAttrReservedSharedMemoryPerBlock:
        *value = 1024;
        break;
    case cudaDevAttrL2CacheSize:
        *value = properties.l2CacheSize;
        break;
    default:
        *value = 1;
    }
    return cudaSuccess;
}

IMPLEMENTED(cudaDeviceCanAccessPeer) cudaError_t cudaDeviceCanAccessPeer(int* value, int, int) {
    *value = 0;
    return cudaSuccess;
}

IMPLEMENTED(cudaDeviceGetPCIBusId) cudaError_t cudaDeviceGetPCIBusId(char* id, int size, int) {
    std::snprintf(id, static_cast<std::size_t>(size), "0000:00:00.0");
    return cudaSuccess;
}

// ------------------------------------------------------------ streams and events

IMPLEMENTED(cudaDeviceGetStreamPriorityRange)
cudaError_t cudaDeviceGetStreamPriorityRange(int* least, int* greatest) {
    *least = 0;
    *greatest = -5;
    return cudaSuccess;
}

IMPLEMENTED(cudaStreamCreateWithPriority)
cudaError_t cudaStreamCreateWithPriority(cudaStream_t* stream, unsigned, int) {
    *stream = reinterpret_cast<cudaStream_t>(fake::newHandle());
    return cudaSuccess;
}

IMPLEMENTED(cudaStreamCreate) cudaError_t cudaStreamCreate(cudaStream_t* stream) {
    *stream = reinterpret_cast<cudaStream_t>(fake::newHandle());
    return cudaSuccess;
}

IMPLEMENTED(cudaStreamGetPriority) cudaError_t cudaStreamGetPriority(cudaStream_t, int* priority) {
    *priority = 0;
    return cudaSuccess;
}

IMPLEMENTED(cudaStreamIsCapturing)
cudaError_t cudaStreamIsCapturing(cudaStream_t, cudaStreamCaptureStatus* status) {
    *status = cudaStreamCaptureStatusNone;
    return cudaSuccess;
}

IMPLEMENTED(cudaStreamGetCaptureInfo)
cudaError_t cudaStreamGetCaptureInfo(cudaStream_t, cudaStreamCaptureStatus* status, unsigned long long* id,
                                     cudaGraph_t*, const cudaGraphNode_t**, const cudaGraphEdgeData**,
                                     size_t*) {
    *status = cudaStreamCaptureStatusNone;
    if (id != nullptr)
        *id = 0;
    return cudaSuccess;
}

IMPLEMENTED(cudaEventCreateWithFlags) cudaError_t cudaEventCreateWithFlags(cudaEvent_t* event, unsigned) {
    *event = reinterpret_cast<cudaEvent_t>(fake::newHandle());
    return cudaSuccess;
}

IMPLEMENTED(cudaEventCreate) cudaError_t cudaEventCreate(cudaEvent_t* event) {
    *event = reinterpret_cast<cudaEvent_t>(fake::newHandle());
    return cudaSuccess;
}

IMPLEMENTED(cudaEventElapsedTime)
cudaError_t cudaEventElapsedTime(float* milliseconds, cudaEvent_t, cudaEvent_t) {
    *milliseconds = 1;
    return cudaSuccess;
}

// ------------------------------------------------------------ kernels

IMPLEMENTED(cudaFuncGetAttributes)
cudaError_t cudaFuncGetAttributes(cudaFuncAttributes* attributes, const void*) {
    std::memset(attributes, 0, sizeof *attributes);
    attributes->maxThreadsPerBlock = 1024;
    attributes->numRegs = 32;
    attributes->ptxVersion = 90;
    attributes->binaryVersion = 90;
    attributes->maxDynamicSharedSizeBytes = 49152;
    return cudaSuccess;
}

IMPLEMENTED(cudaOccupancyMaxActiveBlocksPerMultiprocessorWithFlags)
cudaError_t cudaOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(int* blocks, const void*, int blockSize,
                                                                   size_t, unsigned) {
    *blocks = blockSize == 0 ? 1 : std::clamp(2048 / blockSize, 1, 32);
    return cudaSuccess;
}

IMPLEMENTED(__cudaRegisterFatBinary) void** __cudaRegisterFatBinary(void*) {
    static void* handle[4];
    return handle;
}

IMPLEMENTED(__cudaPopCallConfiguration)
cudaError_t __cudaPopCallConfiguration(dim3* grid, dim3* block, size_t* sharedMemory, void* stream) {
    *grid = dim3(1, 1, 1);
    *block = dim3(1, 1, 1);
    *sharedMemory = 0;
    *static_cast<void**>(stream) = nullptr;
    return cudaSuccess;
}

IMPLEMENTED(__cudaGetKernel) cudaError_t __cudaGetKernel(cudaKernel_t* kernel, const void* function) {
    *kernel = reinterpret_cast<cudaKernel_t>(const_cast<void*>(function));
    return cudaSuccess;
}
}
