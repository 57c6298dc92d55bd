// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Memory functions of the fake CUDA runtime, and the driver functions of expandable segments.
#include "cuda_half_types.h"
#include "fake_cuda.h"
#include "fake_environment.h"
#include "fake_order.h"

#include <cstdio>
#include <cstring>
#include <cuda.h>
#include <cuda_runtime_api.h>
#include <string>

namespace fake {

std::size_t capacity() {
    static const std::size_t bytes = number("FAKECUDA_TOTAL", 80ull << 30);
    return bytes;
}

} // namespace fake

namespace {

constexpr std::size_t pageSize = 2 << 20;

/// Appends data sent to the device to the file that FAKECUDA_UPLOADS names: the size, then the bytes.
void keepUpload(const void* source, std::size_t size) {
    static std::FILE* file = [] {
        const char* name = std::getenv("FAKECUDA_UPLOADS");
        return name == nullptr ? nullptr : std::fopen(name, "wb");
    }();
    if (file == nullptr)
        return;
    const std::lock_guard lock(fake::deviceMemory().mutex);
    std::fwrite(&size, sizeof size, 1, file);
    std::fwrite(source, 1, size, file);
    std::fflush(file);
}

/// Device memory has no contents: reading it gives zeros.
void copy(void* target, const void* source, std::size_t size, cudaMemcpyKind kind) {
    if (kind == cudaMemcpyDeviceToHost)
        std::memset(target, 0, size);
    if (kind == cudaMemcpyHostToDevice)
        keepUpload(source, size);
}

// ------------------------------------------------------------ driver functions, found by name

CUresult reserveAddresses(CUdeviceptr* address, std::size_t size, std::size_t, CUdeviceptr,
                          unsigned long long) {
    static std::uintptr_t next = 0x780000000000ull;
    fake::DeviceMemory& memory = fake::deviceMemory();
    const std::lock_guard lock(memory.mutex);
    *address = next;
    next += size + 0x40000000;
    memory.next = next;
    return CUDA_SUCCESS;
}

CUresult createAllocation(CUmemGenericAllocationHandle* handle, std::size_t size, const CUmemAllocationProp*,
                          unsigned long long) {
    static unsigned long long next = 1;
    fake::DeviceMemory& memory = fake::deviceMemory();
    const std::lock_guard lock(memory.mutex);
    if (memory.used + size > fake::capacity())
        return CUDA_ERROR_OUT_OF_MEMORY;
    memory.used += size;
    *handle = next++;
    memory.physical[*handle] = size;
    return CUDA_SUCCESS;
}

CUresult releaseAllocation(CUmemGenericAllocationHandle handle) {
    fake::DeviceMemory& memory = fake::deviceMemory();
    const std::lock_guard lock(memory.mutex);
    const auto found = memory.physical.find(handle);
    if (found != memory.physical.end()) {
        memory.used -= found->second;
        memory.physical.erase(found);
    }
    return CUDA_SUCCESS;
}

CUresult getGranularity(std::size_t* size, const CUmemAllocationProp*, CUmemAllocationGranularity_flags) {
    *size = pageSize;
    return CUDA_SUCCESS;
}

CUresult getAttribute(int* value, CUdevice_attribute, CUdevice) {
    *value = 1;
    return CUDA_SUCCESS;
}

CUresult getDevice(CUdevice* device, int) {
    *device = 0;
    return CUDA_SUCCESS;
}

CUresult getCurrentContext(CUcontext* context) {
    *context = reinterpret_cast<CUcontext>(0x10);
    return CUDA_SUCCESS;
}

CUresult succeed() {
    return CUDA_SUCCESS;
}

} // namespace

extern "C" {

IMPLEMENTED(cudaMalloc) cudaError_t cudaMalloc(void** pointer, size_t size) {
    fake::DeviceMemory& memory = fake::deviceMemory();
    const std::lock_guard lock(memory.mutex);
    if (memory.used + size > fake::capacity())
        return cudaErrorMemoryAllocation;
    *pointer = reinterpret_cast<void*>(memory.next);
    memory.live[memory.next] = size;
    memory.next += (size + pageSize - 1) / pageSize * pageSize + pageSize;
    memory.used += size;
    return cudaSuccess;
}

IMPLEMENTED(cudaFree) cudaError_t cudaFree(void* pointer) {
    fake::DeviceMemory& memory = fake::deviceMemory();
    const std::lock_guard lock(memory.mutex);
    const auto found = memory.live.find(reinterpret_cast<std::uintptr_t>(pointer));
    if (found != memory.live.end()) {
        memory.used -= found->second;
        memory.live.erase(found);
    }
    return cudaSuccess;
}

IMPLEMENTED(cudaMemGetInfo) cudaError_t cudaMemGetInfo(size_t* free, size_t* total) {
    *total = fake::capacity();
    *free = fake::capacity() - fake::deviceMemory().used;
    return cudaSuccess;
}

IMPLEMENTED(cudaHostAlloc) cudaError_t cudaHostAlloc(void** pointer, size_t size, unsigned) {
    *pointer = std::calloc(1, size);
    return cudaSuccess;
}

IMPLEMENTED(cudaFreeHost) cudaError_t cudaFreeHost(void* pointer) {
    std::free(pointer);
    return cudaSuccess;
}

IMPLEMENTED(cudaMemcpy)
cudaError_t cudaMemcpy(void* target, const void* source, size_t size, cudaMemcpyKind kind) {
    copy(target, source, size, kind);
    return cudaSuccess;
}

IMPLEMENTED(cudaMemcpyAsync)
cudaError_t cudaMemcpyAsync(void* target, const void* source, size_t size, cudaMemcpyKind kind,
                            cudaStream_t stream) {
    fake::noteCopy(target, source, size, kind, stream);
    copy(target, source, size, kind);
    return cudaSuccess;
}

IMPLEMENTED(cudaPointerGetAttributes)
cudaError_t cudaPointerGetAttributes(cudaPointerAttributes* attributes, const void* pointer) {
    std::memset(attributes, 0, sizeof *attributes);
    const auto address = reinterpret_cast<std::uintptr_t>(pointer);
    if (address >= fake::deviceBegin && address < fake::deviceMemory().next) {
        attributes->type = cudaMemoryTypeDevice;
        attributes->device = 0;
        attributes->devicePointer = const_cast<void*>(pointer);
    } else {
        attributes->type = cudaMemoryTypeUnregistered;
        attributes->device = -1;
    }
    return cudaSuccess;
}

IMPLEMENTED(cudaGetSymbolAddress) cudaError_t cudaGetSymbolAddress(void** pointer, const void*) {
    *pointer = reinterpret_cast<void*>(fake::deviceBegin);
    return cudaSuccess;
}

IMPLEMENTED(cudaGetDriverEntryPointByVersion)
cudaError_t cudaGetDriverEntryPointByVersion(const char* name, void** function, unsigned, unsigned long long,
                                             cudaDriverEntryPointQueryResult* result) {
    static const std::map<std::string, void*> functions = {
        {"cuMemAddressReserve", reinterpret_cast<void*>(reserveAddresses)},
        {"cuMemCreate", reinterpret_cast<void*>(createAllocation)},
        {"cuMemRelease", reinterpret_cast<void*>(releaseAllocation)},
        {"cuMemGetAllocationGranularity", reinterpret_cast<void*>(getGranularity)},
        {"cuDeviceGetAttribute", reinterpret_cast<void*>(getAttribute)},
        {"cuDeviceGet", reinterpret_cast<void*>(getDevice)},
        {"cuCtxGetCurrent", reinterpret_cast<void*>(getCurrentContext)},
    };
    if (result != nullptr)
        *result = cudaDriverEntryPointSuccess;
    const auto found = functions.find(name);
    *function = found == functions.end() ? reinterpret_cast<void*>(succeed) : found->second;
    return cudaSuccess;
}
}
