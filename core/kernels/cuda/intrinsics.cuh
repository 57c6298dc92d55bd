// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Types and device functions for our CUDA kernels. NVRTC compiles them without any header of CUDA, which an
// installation may lack. Tests compile the same kernels for the CPU; emulated_block.h then defines these
// names.
#pragma once

#if defined(__CUDACC_RTC__)

using u16 = unsigned short; ///< also the bits of a bfloat16
using u32 = unsigned int;
using i64 = long long;

#define HEADROOM_KERNEL extern "C" __global__
#define DEVICE __device__ __forceinline__

/// 16 bytes: eight bfloat16 numbers.
struct alignas(16) Eight {
    u32 pair[4];
};
/// 16 bytes: four float32 numbers.
struct alignas(16) Four {
    float number[4];
};

/// Dynamic shared memory, aligned to 16 bytes. The launch sets its size, which may exceed 48 KiB.
extern __shared__ Eight dynamicSharedMemory[];
DEVICE char* sharedMemory() {
    return reinterpret_cast<char*>(dynamicSharedMemory);
}

DEVICE float bitsAsFloat(u32 bits) {
    return __uint_as_float(bits);
}
DEVICE u32 floatAsBits(float x) {
    return __float_as_uint(x);
}

/// Fast, and exact enough for bfloat16.
DEVICE float exponential(float x) {
    return __expf(x);
}
/// Within two units in the last place, but slower.
DEVICE float exactExponential(float x) {
    return expf(x);
}
DEVICE float logOfOnePlus(float x) {
    return log1pf(x);
}
DEVICE float inverseRoot(float x) {
    return rsqrtf(x);
}
DEVICE float squareRoot(float x) {
    return __fsqrt_rn(x);
}
/// 1 / x; 0 for infinity.
DEVICE float inverse(float x) {
    return __fdividef(1.0F, x);
}

/// Rounds to nearest, ties to even.
DEVICE u32 packBfloat16(float low, float high) {
    u32 pair;
    asm("cvt.rn.bf16x2.f32 %0, %1, %2;" : "=r"(pair) : "f"(high), "f"(low));
    return pair;
}

/// Loads from global memory that the kernel does not write. Addresses must be aligned to 16 bytes. In PTX,
/// because the compiler splits the load of a struct into four.
DEVICE Eight load(const u16* from) {
    Eight to;
    asm volatile("ld.global.nc.v4.u32 {%0, %1, %2, %3}, [%4];"
                 : "=r"(to.pair[0]), "=r"(to.pair[1]), "=r"(to.pair[2]), "=r"(to.pair[3])
                 : "l"(from));
    return to;
}
DEVICE Four load(const float* from) {
    Four to;
    asm volatile("ld.global.nc.v4.f32 {%0, %1, %2, %3}, [%4];"
                 : "=f"(to.number[0]), "=f"(to.number[1]), "=f"(to.number[2]), "=f"(to.number[3])
                 : "l"(from));
    return to;
}
/// Loads from global memory that the kernel also writes.
DEVICE Eight loadMutable(const u16* from) {
    Eight to;
    asm volatile("ld.global.v4.u32 {%0, %1, %2, %3}, [%4];"
                 : "=r"(to.pair[0]), "=r"(to.pair[1]), "=r"(to.pair[2]), "=r"(to.pair[3])
                 : "l"(from)
                 : "memory");
    return to;
}
DEVICE Four loadMutable(const float* from) {
    Four to;
    asm volatile("ld.global.v4.f32 {%0, %1, %2, %3}, [%4];"
                 : "=f"(to.number[0]), "=f"(to.number[1]), "=f"(to.number[2]), "=f"(to.number[3])
                 : "l"(from)
                 : "memory");
    return to;
}
/// Stores to global or shared memory, at an address aligned to 16 bytes.
DEVICE void store(u16* to, const Eight& numbers) {
    *reinterpret_cast<Eight*>(to) = numbers;
}
DEVICE void store(float* to, const Four& numbers) {
    *reinterpret_cast<Four*>(to) = numbers;
}

/// Barrier for all threads of the block; each then sees what the others wrote before it.
DEVICE void syncBlock() {
    __syncthreads();
}
/// Barrier for all threads of the warp.
DEVICE void syncWarp() {
    __syncwarp();
}

// Exchange within a warp. All 32 lanes take part.
/// The value of lane `lane`.
DEVICE float shuffle(float x, int lane) {
    return __shfl_sync(0xffffffffU, x, lane);
}
/// The value of the lane whose index differs in the bits of `mask`.
DEVICE float shuffleXor(float x, int mask) {
    return __shfl_xor_sync(0xffffffffU, x, mask);
}
/// The value of the lane `distance` before this one; the first lanes get their own.
DEVICE float shuffleUp(float x, int distance) {
    return __shfl_up_sync(0xffffffffU, x, distance);
}
/// The value of the lane `distance` after this one; the last lanes get their own.
DEVICE float shuffleDown(float x, int distance) {
    return __shfl_down_sync(0xffffffffU, x, distance);
}

// Tensor cores. The whole warp takes part; each lane holds a fragment of each matrix, in the layout of PTX.

/// D[16, 8] += A[16, 16] B[16, 8].
DEVICE void multiplyAdd(float (&d)[4], const u32 (&a)[4], const u32 (&b)[2]) {
    asm volatile("mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 "
                 "{%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
                 : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])
                 : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
}

/// Loads four 8 x 8 matrices from shared memory, one per register of a fragment.
/// @param row address of row l % 8 of matrix l / 8 for lane l, aligned to 16 bytes
DEVICE void loadMatrices(u32 (&fragment)[4], const u16* row) {
    const u32 address = static_cast<u32>(__cvta_generic_to_shared(row));
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
                 : "=r"(fragment[0]), "=r"(fragment[1]), "=r"(fragment[2]), "=r"(fragment[3])
                 : "r"(address)
                 : "memory");
}
/// As loadMatrices(), but transposes each matrix.
DEVICE void loadMatricesTransposed(u32 (&fragment)[4], const u16* row) {
    const u32 address = static_cast<u32>(__cvta_generic_to_shared(row));
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {%0, %1, %2, %3}, [%4];"
                 : "=r"(fragment[0]), "=r"(fragment[1]), "=r"(fragment[2]), "=r"(fragment[3])
                 : "r"(address)
                 : "memory");
}

#elif !defined(HEADROOM_EMULATED_BLOCK)
#error "Compile kernels with NVRTC or, in tests, after emulated_block.h."
#endif

DEVICE float low16(u32 pair) {
    return bitsAsFloat(pair << 16);
}
DEVICE float high16(u32 pair) {
    return bitsAsFloat(pair & 0xffff0000U);
}

/// bfloat16 to float32.
DEVICE void widen(const Eight& from, float (&to)[8]) {
#pragma unroll
    for (int i = 0; i < 4; ++i) {
        to[2 * i] = low16(from.pair[i]);
        to[2 * i + 1] = high16(from.pair[i]);
    }
}
/// float32 to bfloat16.
DEVICE Eight narrowed(const float (&from)[8]) {
    Eight to;
#pragma unroll
    for (int i = 0; i < 4; ++i)
        to.pair[i] = packBfloat16(from[2 * i], from[2 * i + 1]);
    return to;
}

DEVICE float sigmoid(float x) {
    return inverse(1.0F + exponential(-x));
}
