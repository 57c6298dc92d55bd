// Stub CUDA runtime: bookkeeping only, no device. Research oracle.
#include "cuda_half_types.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <cublasLt.h>
#include <cublas_v2.h>
#include <cuda.h>
#include <cuda_runtime_api.h>
#include <cufft.h>
#include <cufftXt.h>
#include <map>
#include <mutex>
#include <sstream>
#include <string>
#include <vector>
#define HAND(x)
static std::mutex mu;
static std::map<uintptr_t, size_t> live;
static uintptr_t nextp = 0x700000000000ull;
static size_t total() {
    static size_t t = 0;
    if (!t) {
        const char* e = getenv("FAKECUDA_TOTAL");
        t = e ? strtoull(e, 0, 10) : 85899345920ull;
    }
    return t;
}
static size_t used = 0;
static int tr() {
    static int v = -1;
    if (v < 0)
        v = getenv("FAKECUDA_TRACE") != nullptr;
    return v;
}
// Ten times the compute capability of each card: "61,86" are two.
static const std::vector<int>& capabilities() {
    static const std::vector<int> list = [] {
        std::vector<int> found;
        const char* given = getenv("FAKECUDA_CC");
        for (std::istringstream text(given ? given : "90"); text.good();) {
            std::string one;
            std::getline(text, one, ',');
            if (!one.empty())
                found.push_back(atoi(one.c_str()));
        }
        return found;
    }();
    return list;
}
static thread_local int currentDevice = 0;
extern "C" {
HAND(cudaMalloc) cudaError_t cudaMalloc(void** p, size_t n) {
    std::lock_guard<std::mutex> g(mu);
    if (tr())
        fprintf(stderr, "cudaMalloc %zu\n", n);
    if (used + n > total())
        return cudaErrorMemoryAllocation;
    size_t r = (n + 0x1fffff) & ~(size_t)0x1fffff;
    *p = (void*)nextp;
    nextp += r + 0x200000;
    live[(uintptr_t)*p] = n;
    used += n;
    return cudaSuccess;
}
HAND(cudaFree) cudaError_t cudaFree(void* p) {
    std::lock_guard<std::mutex> g(mu);
    auto it = live.find((uintptr_t)p);
    if (it != live.end()) {
        if (tr())
            fprintf(stderr, "cudaFree %zu\n", it->second);
        used -= it->second;
        live.erase(it);
    }
    return cudaSuccess;
}
HAND(cudaMemGetInfo) cudaError_t cudaMemGetInfo(size_t* f, size_t* t) {
    *t = total();
    *f = total() - used;
    return cudaSuccess;
}
HAND(cudaGetDevice) cudaError_t cudaGetDevice(int* d) {
    *d = currentDevice;
    return cudaSuccess;
}
HAND(cudaSetDevice) cudaError_t cudaSetDevice(int d) {
    if (d < 0 || d >= (int)capabilities().size())
        return cudaErrorInvalidDevice;
    currentDevice = d;
    return cudaSuccess;
}
HAND(cudaGetDeviceCount) cudaError_t cudaGetDeviceCount(int* d) {
    *d = (int)capabilities().size();
    return cudaSuccess;
}
HAND(cudaGetLastError) cudaError_t cudaGetLastError() {
    return cudaSuccess;
}
HAND(cudaPeekAtLastError) cudaError_t cudaPeekAtLastError() {
    return cudaSuccess;
}
HAND(cudaGetErrorName) const char* cudaGetErrorName(cudaError_t e) {
    return "fake";
}
HAND(cudaGetErrorString) const char* cudaGetErrorString(cudaError_t e) {
    return "fake error";
}
HAND(cudaDriverGetVersion) cudaError_t cudaDriverGetVersion(int* v) {
    *v = 13000;
    return cudaSuccess;
}
HAND(cudaRuntimeGetVersion) cudaError_t cudaRuntimeGetVersion(int* v) {
    *v = 13000;
    return cudaSuccess;
}
HAND(cudaGetDeviceProperties) cudaError_t cudaGetDeviceProperties(cudaDeviceProp* p, int d) {
    memset(p, 0, sizeof *p);
    strcpy(p->name, "Fake H100");
    p->totalGlobalMem = total();
    int c = capabilities().at(d);
    p->major = c / 10;
    p->minor = c % 10;
    {
        const char* e = getenv("FAKECUDA_SMS");
        p->multiProcessorCount = e ? atoi(e) : 132;
    }
    p->warpSize = 32;
    p->maxThreadsPerBlock = 1024;
    {
        const char* e = getenv("FAKECUDA_TPSM");
        p->maxThreadsPerMultiProcessor = e ? atoi(e) : 2048;
    }
    p->sharedMemPerBlock = 49152;
    p->sharedMemPerMultiprocessor = 233472;
    p->sharedMemPerBlockOptin = 232448;
    p->regsPerBlock = 65536;
    p->regsPerMultiprocessor = 65536;
    p->maxThreadsDim[0] = 1024;
    p->maxThreadsDim[1] = 1024;
    p->maxThreadsDim[2] = 64;
    p->maxGridSize[0] = 2147483647;
    p->maxGridSize[1] = 65535;
    p->maxGridSize[2] = 65535;
    p->l2CacheSize = 52428800;
    p->textureAlignment = 512;
    p->memPitch = 2147483647;
    p->maxBlocksPerMultiProcessor = 32;
    p->unifiedAddressing = 1;
    p->totalConstMem = 65536;
    p->memoryBusWidth = 5120;
    p->concurrentKernels = 1;
    p->asyncEngineCount = 3;
    return cudaSuccess;
}
HAND(cudaDeviceGetAttribute) cudaError_t cudaDeviceGetAttribute(int* v, cudaDeviceAttr a, int d) {
    cudaDeviceProp p;
    cudaGetDeviceProperties(&p, d);
    switch (a) {
    case cudaDevAttrMultiProcessorCount:
        *v = p.multiProcessorCount;
        break;
    case cudaDevAttrComputeCapabilityMajor:
        *v = p.major;
        break;
    case cudaDevAttrComputeCapabilityMinor:
        *v = p.minor;
        break;
    case cudaDevAttrMaxSharedMemoryPerBlock:
        *v = 49152;
        break;
    case cudaDevAttrMaxSharedMemoryPerBlockOptin:
        *v = 232448;
        break;
    case cudaDevAttrMaxSharedMemoryPerMultiprocessor:
        *v = 233472;
        break;
    case cudaDevAttrMaxGridDimX:
        *v = 2147483647;
        break;
    case cudaDevAttrMaxThreadsPerBlock:
        *v = 1024;
        break;
    case cudaDevAttrWarpSize:
        *v = 32;
        break;
    case cudaDevAttrMaxThreadsPerMultiProcessor:
        *v = p.maxThreadsPerMultiProcessor;
        break;
    case cudaDevAttrReservedSharedMemoryPerBlock:
        *v = 1024;
        break;
    case cudaDevAttrL2CacheSize:
        *v = 52428800;
        break;
    default:
        *v = 1;
    }
    return cudaSuccess;
}
HAND(cudaDeviceGetStreamPriorityRange) cudaError_t cudaDeviceGetStreamPriorityRange(int* a, int* b) {
    *a = 0;
    *b = -5;
    return cudaSuccess;
}
static uintptr_t h = 0x1000;
HAND(cudaStreamCreateWithPriority) cudaError_t cudaStreamCreateWithPriority(cudaStream_t* s, unsigned, int) {
    *s = (cudaStream_t)(h += 0x100);
    return cudaSuccess;
}
HAND(cudaStreamCreate) cudaError_t cudaStreamCreate(cudaStream_t* s) {
    *s = (cudaStream_t)(h += 0x100);
    return cudaSuccess;
}
HAND(cudaEventCreateWithFlags) cudaError_t cudaEventCreateWithFlags(cudaEvent_t* e, unsigned) {
    *e = (cudaEvent_t)(h += 0x100);
    return cudaSuccess;
}
HAND(cudaEventCreate) cudaError_t cudaEventCreate(cudaEvent_t* e) {
    *e = (cudaEvent_t)(h += 0x100);
    return cudaSuccess;
}
static int evnotready() {
    return getenv("FAKECUDA_EVENT_NOT_READY") != nullptr;
}
HAND(cudaEventQuery) cudaError_t cudaEventQuery(cudaEvent_t) {
    return evnotready() ? cudaErrorNotReady : cudaSuccess;
}
HAND(cudaEventElapsedTime) cudaError_t cudaEventElapsedTime(float* f, cudaEvent_t, cudaEvent_t) {
    *f = 1.f;
    return cudaSuccess;
}
HAND(cudaStreamIsCapturing) cudaError_t cudaStreamIsCapturing(cudaStream_t, cudaStreamCaptureStatus* s) {
    *s = cudaStreamCaptureStatusNone;
    return cudaSuccess;
}
HAND(cudaStreamGetCaptureInfo)
cudaError_t cudaStreamGetCaptureInfo(cudaStream_t, cudaStreamCaptureStatus* s, unsigned long long* id,
                                     cudaGraph_t*, const cudaGraphNode_t**, const cudaGraphEdgeData**,
                                     size_t*) {
    *s = cudaStreamCaptureStatusNone;
    if (id)
        *id = 0;
    return cudaSuccess;
}
HAND(cudaStreamGetPriority) cudaError_t cudaStreamGetPriority(cudaStream_t, int* p) {
    *p = 0;
    return cudaSuccess;
}
HAND(cudaThreadExchangeStreamCaptureMode)
cudaError_t cudaThreadExchangeStreamCaptureMode(cudaStreamCaptureMode*) {
    return cudaSuccess;
}
HAND(cudaHostAlloc) cudaError_t cudaHostAlloc(void** p, size_t n, unsigned) {
    *p = calloc(1, n);
    return cudaSuccess;
}
HAND(cudaFreeHost) cudaError_t cudaFreeHost(void* p) {
    free(p);
    return cudaSuccess;
}
static bool isdev(const void* p) {
    return (uintptr_t)p >= 0x600000000000ull && (uintptr_t)p < nextp &&
           ((uintptr_t)p >= 0x700000000000ull || (uintptr_t)p < 0x6f0000000000ull);
}
// What goes to the device, as its size and its bytes, is kept in the file that FAKECUDA_UPLOADS names.
static void keepUpload(const void* s, size_t n) {
    static FILE* file = [] {
        const char* name = getenv("FAKECUDA_UPLOADS");
        return name ? fopen(name, "wb") : nullptr;
    }();
    if (!file)
        return;
    std::lock_guard<std::mutex> g(mu);
    fwrite(&n, sizeof n, 1, file);
    fwrite(s, 1, n, file);
    fflush(file);
}
static void cp(void* d, const void* s, size_t n, cudaMemcpyKind k) {
    if (k == cudaMemcpyDeviceToHost)
        memset(d, 0, n);
    if (k == cudaMemcpyHostToDevice)
        keepUpload(s, n);
}
HAND(cudaMemcpy) cudaError_t cudaMemcpy(void* d, const void* s, size_t n, cudaMemcpyKind k) {
    cp(d, s, n, k);
    return cudaSuccess;
}
HAND(cudaMemcpyAsync)
cudaError_t cudaMemcpyAsync(void* d, const void* s, size_t n, cudaMemcpyKind k, cudaStream_t) {
    cp(d, s, n, k);
    return cudaSuccess;
}
HAND(cudaPointerGetAttributes) cudaError_t cudaPointerGetAttributes(cudaPointerAttributes* a, const void* p) {
    memset(a, 0, sizeof *a);
    if ((uintptr_t)p >= 0x700000000000ull && (uintptr_t)p < nextp) {
        a->type = cudaMemoryTypeDevice;
        a->device = 0;
        a->devicePointer = (void*)p;
    } else {
        a->type = cudaMemoryTypeUnregistered;
        a->device = -1;
    }
    return cudaSuccess;
}
HAND(cudaFuncGetAttributes) cudaError_t cudaFuncGetAttributes(cudaFuncAttributes* a, const void*) {
    memset(a, 0, sizeof *a);
    a->maxThreadsPerBlock = 1024;
    a->numRegs = 32;
    a->ptxVersion = 90;
    a->binaryVersion = 90;
    a->maxDynamicSharedSizeBytes = 49152;
    return cudaSuccess;
}
HAND(cudaOccupancyMaxActiveBlocksPerMultiprocessorWithFlags)
cudaError_t cudaOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(int* n, const void*, int bs, size_t,
                                                                   unsigned) {
    *n = bs ? 2048 / bs : 1;
    if (*n < 1)
        *n = 1;
    if (*n > 32)
        *n = 32;
    return cudaSuccess;
}
HAND(cudaGetSymbolAddress) cudaError_t cudaGetSymbolAddress(void** p, const void*) {
    *p = (void*)0x700000000000ull;
    return cudaSuccess;
}
HAND(cudaDeviceCanAccessPeer) cudaError_t cudaDeviceCanAccessPeer(int* v, int, int) {
    *v = 0;
    return cudaSuccess;
}
HAND(cudaDeviceGetPCIBusId) cudaError_t cudaDeviceGetPCIBusId(char* s, int n, int) {
    snprintf(s, n, "0000:00:00.0");
    return cudaSuccess;
}
HAND(__cudaRegisterFatBinary) void** __cudaRegisterFatBinary(void*) {
    static void* x[4];
    return x;
}
HAND(__cudaPopCallConfiguration)
cudaError_t __cudaPopCallConfiguration(dim3* g, dim3* b, size_t* s, void* st) {
    *g = dim3(1, 1, 1);
    *b = dim3(1, 1, 1);
    *s = 0;
    *(void**)st = nullptr;
    return cudaSuccess;
}
HAND(__cudaPushCallConfiguration) unsigned __cudaPushCallConfiguration(dim3, dim3, size_t, void*) {
    return 0;
}
HAND(__cudaGetKernel) cudaError_t __cudaGetKernel(cudaKernel_t* k, const void* f) {
    *k = (cudaKernel_t)f;
    return cudaSuccess;
}
// driver stubs for expandable segments
static CUresult f_reserve(CUdeviceptr* p, size_t n, size_t, CUdeviceptr, unsigned long long) {
    std::lock_guard<std::mutex> g(mu);
    static uintptr_t v = 0x780000000000ull;
    *p = v;
    v += n + 0x40000000;
    nextp = v;
    return CUDA_SUCCESS;
}
static std::map<unsigned long long, size_t> hs;
static unsigned long long hid = 1;
static CUresult f_create(CUmemGenericAllocationHandle* hd, size_t n, const CUmemAllocationProp*,
                         unsigned long long) {
    std::lock_guard<std::mutex> g(mu);
    if (used + n > total())
        return CUDA_ERROR_OUT_OF_MEMORY;
    used += n;
    *hd = hid++;
    hs[*hd] = n;
    return CUDA_SUCCESS;
}
static CUresult f_release(CUmemGenericAllocationHandle hd) {
    std::lock_guard<std::mutex> g(mu);
    auto it = hs.find(hd);
    if (it != hs.end()) {
        used -= it->second;
        hs.erase(it);
    }
    return CUDA_SUCCESS;
}
static CUresult f_ok() {
    return CUDA_SUCCESS;
}
static CUresult f_gran(size_t* g, const CUmemAllocationProp*, CUmemAllocationGranularity_flags) {
    *g = 2097152;
    return CUDA_SUCCESS;
}
static CUresult f_attr(int* v, CUdevice_attribute, CUdevice) {
    *v = 1;
    return CUDA_SUCCESS;
}
static CUresult f_dev(CUdevice* d, int) {
    *d = 0;
    return CUDA_SUCCESS;
}
static CUresult f_ctx(CUcontext* c) {
    *c = (CUcontext)0x10;
    return CUDA_SUCCESS;
}
HAND(cudaGetDriverEntryPointByVersion)
cudaError_t cudaGetDriverEntryPointByVersion(const char* s, void** f, unsigned, unsigned long long,
                                             cudaDriverEntryPointQueryResult* r) {
    if (r)
        *r = cudaDriverEntryPointSuccess;
    if (tr())
        fprintf(stderr, "entry %s\n", s);
    if (!strcmp(s, "cuMemAddressReserve"))
        *f = (void*)f_reserve;
    else if (!strcmp(s, "cuMemCreate"))
        *f = (void*)f_create;
    else if (!strcmp(s, "cuMemRelease"))
        *f = (void*)f_release;
    else if (!strcmp(s, "cuMemGetAllocationGranularity"))
        *f = (void*)f_gran;
    else if (!strcmp(s, "cuDeviceGetAttribute"))
        *f = (void*)f_attr;
    else if (!strcmp(s, "cuDeviceGet"))
        *f = (void*)f_dev;
    else if (!strcmp(s, "cuCtxGetCurrent"))
        *f = (void*)f_ctx;
    else
        *f = (void*)f_ok;
    return cudaSuccess;
}
// cuBLAS
HAND(cublasCreate_v2) cublasStatus_t cublasCreate_v2(cublasHandle_t* hd) {
    *hd = (cublasHandle_t)(h += 0x100);
    if (tr())
        fprintf(stderr, "cublasCreate\n");
    return CUBLAS_STATUS_SUCCESS;
}
HAND(cublasSetWorkspace_v2) cublasStatus_t cublasSetWorkspace_v2(cublasHandle_t, void*, size_t n) {
    if (tr())
        fprintf(stderr, "cublasSetWorkspace %zu\n", n);
    return CUBLAS_STATUS_SUCCESS;
}
HAND(cublasGetMathMode) cublasStatus_t cublasGetMathMode(cublasHandle_t, cublasMath_t* m) {
    *m = CUBLAS_DEFAULT_MATH;
    return CUBLAS_STATUS_SUCCESS;
}
HAND(cublasGetPointerMode_v2) cublasStatus_t cublasGetPointerMode_v2(cublasHandle_t, cublasPointerMode_t* m) {
    *m = CUBLAS_POINTER_MODE_HOST;
    return CUBLAS_STATUS_SUCCESS;
}
HAND(cublasLtGetVersion) size_t cublasLtGetVersion() {
    return 130000;
}
HAND(cublasLtMatmulDescCreate)
cublasStatus_t cublasLtMatmulDescCreate(cublasLtMatmulDesc_t* d, cublasComputeType_t, cudaDataType_t) {
    *d = (cublasLtMatmulDesc_t)(h += 0x100);
    return CUBLAS_STATUS_SUCCESS;
}
HAND(cublasLtMatrixLayoutCreate)
cublasStatus_t cublasLtMatrixLayoutCreate(cublasLtMatrixLayout_t* d, cudaDataType, uint64_t, uint64_t,
                                          int64_t) {
    *d = (cublasLtMatrixLayout_t)(h += 0x100);
    return CUBLAS_STATUS_SUCCESS;
}
HAND(cublasLtMatmulPreferenceCreate)
cublasStatus_t cublasLtMatmulPreferenceCreate(cublasLtMatmulPreference_t* d) {
    *d = (cublasLtMatmulPreference_t)(h += 0x100);
    return CUBLAS_STATUS_SUCCESS;
}
HAND(cublasLtMatmulAlgoGetHeuristic)
cublasStatus_t cublasLtMatmulAlgoGetHeuristic(cublasLtHandle_t, cublasLtMatmulDesc_t, cublasLtMatrixLayout_t,
                                              cublasLtMatrixLayout_t, cublasLtMatrixLayout_t,
                                              cublasLtMatrixLayout_t, cublasLtMatmulPreference_t, int n,
                                              cublasLtMatmulHeuristicResult_t* r, int* ret) {
    memset(r, 0, sizeof *r);
    r->state = CUBLAS_STATUS_SUCCESS;
    *ret = 1;
    return CUBLAS_STATUS_SUCCESS;
}
// cuFFT: work size is a parameter of the experiment
HAND(cufftCreate) cufftResult cufftCreate(cufftHandle* p) {
    static int n = 1;
    *p = n++;
    return CUFFT_SUCCESS;
}
HAND(cufftXtMakePlanMany)
cufftResult cufftXtMakePlanMany(cufftHandle, int rank, long long* n, long long*, long long, long long,
                                cudaDataType, long long*, long long, long long, cudaDataType, long long batch,
                                size_t* ws, cudaDataType) {
    *ws = 0;
    if (tr())
        fprintf(stderr, "cufftPlan n=%lld batch=%lld\n", n[0], batch);
    return CUFFT_SUCCESS;
}
}
