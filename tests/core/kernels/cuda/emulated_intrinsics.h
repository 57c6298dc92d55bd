// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The intrinsics that differ on the CPU from those of core/kernels/cuda/intrinsics.cuh. Included by
// emulated_block.h.
#pragma once

#include <array>
#include <bit>
#include <cmath>

#define HEADROOM_EMULATED_BLOCK

#define HEADROOM_KERNEL
#define DEVICE inline
#define __launch_bounds__(...)
/// Static: one block runs at a time. EmulatedBlock poisons the section.
#define __shared__ static __attribute__((section("headroom_shared")))

using u16 = std::uint16_t;
using u32 = std::uint32_t;
using i64 = long long; // as on the card

struct alignas(16) Eight {
    u32 pair[4];
};
struct alignas(16) Four {
    float number[4];
};

namespace headroom::test {

template <class Address>
Address aligned(Address address) {
    if (reinterpret_cast<std::uintptr_t>(address) % 16 != 0)
        throw std::logic_error("a kernel uses an address that is not a multiple of 16 bytes");
    return address;
}
template <class T, class Number>
T loadAligned(const Number* from) {
    T to;
    std::memcpy(&to, aligned(from), sizeof to);
    return to;
}

} // namespace headroom::test

inline char* sharedMemory() {
    return headroom::test::EmulatedBlock::current().sharedMemory();
}

inline float bitsAsFloat(u32 bits) {
    return std::bit_cast<float>(bits);
}
inline u32 floatAsBits(float x) {
    return std::bit_cast<u32>(x);
}

inline float exponential(float x) {
    return std::exp(x);
}
inline float exactExponential(float x) {
    return std::exp(x);
}
inline float logOfOnePlus(float x) {
    return std::log1p(x);
}
inline float inverseRoot(float x) {
    return 1.0F / std::sqrt(x);
}
inline float squareRoot(float x) {
    return std::sqrt(x);
}
inline float inverse(float x) {
    return 1.0F / x;
}

inline u32 packBfloat16(float low, float high) {
    const auto rounded = [](float x) {
        const u32 bits = floatAsBits(x);
        return std::isnan(x) ? 0x7fffU : (bits + 0x7fffU + ((bits >> 16) & 1U)) >> 16;
    };
    return rounded(low) | rounded(high) << 16;
}

inline Eight load(const u16* from) {
    return headroom::test::loadAligned<Eight>(from);
}
inline Four load(const float* from) {
    return headroom::test::loadAligned<Four>(from);
}
inline Eight loadMutable(const u16* from) {
    return load(from);
}
inline Four loadMutable(const float* from) {
    return load(from);
}
inline void store(u16* to, const Eight& numbers) {
    std::memcpy(headroom::test::aligned(to), &numbers, sizeof numbers);
}
inline void store(float* to, const Four& numbers) {
    std::memcpy(headroom::test::aligned(to), &numbers, sizeof numbers);
}

inline void syncBlock() {
    headroom::test::EmulatedBlock::current().meet();
}
inline void syncWarp() {
    headroom::test::EmulatedBlock::current().meetWarp();
}

inline float shuffle(float x, int lane) {
    return headroom::test::EmulatedBlock::current().exchange(x)(lane);
}
inline float shuffleXor(float x, int mask) {
    return shuffle(x, headroom::test::EmulatedBlock::current().lane() ^ mask);
}
inline float shuffleUp(float x, int distance) {
    const int lane = headroom::test::EmulatedBlock::current().lane();
    return shuffle(x, lane >= distance ? lane - distance : lane);
}
inline float shuffleDown(float x, int distance) {
    const int lane = headroom::test::EmulatedBlock::current().lane();
    return shuffle(x, lane + distance < headroom::test::EmulatedBlock::lanes ? lane + distance : lane);
}

inline void multiplyAdd(float (&d)[4], const u32 (&a)[4], const u32 (&b)[2]) {
    const auto number = [](u32 pair, int k) {
        return bitsAsFloat(k % 2 == 0 ? pair << 16 : pair & 0xffff0000U);
    };
    const int lane = headroom::test::EmulatedBlock::current().lane();
    const auto fragments = headroom::test::EmulatedBlock::current().exchange(
        std::array<u32, 6>{a[0], a[1], a[2], a[3], b[0], b[1]});
    for (int i = 0; i < 4; ++i) {
        const int row = lane / 4 + i / 2 * 8;
        const int column = lane % 4 * 2 + i % 2;
        for (int k = 0; k < 16; ++k) {
            const int holder =
                k % 8 / 2; // of column k of A and row k of B, within the lanes of a row or column
            const u32 left = fragments(row % 8 * 4 + holder)[row / 8 + k / 8 * 2];
            const u32 right = fragments(column * 4 + holder)[4 + k / 8];
            d[i] += number(left, k) * number(right, k);
        }
    }
}

namespace headroom::test {

inline void gatherMatrices(u32 (&fragment)[4], const u16* row, bool transposed) {
    const int lane = EmulatedBlock::current().lane();
    const auto rows = EmulatedBlock::current().exchange(aligned(row));
    for (int matrix = 0; matrix < 4; ++matrix) {
        const auto element = [&](int i, int j) { return static_cast<u32>(rows(matrix * 8 + i)[j]); };
        const int along = lane % 4 * 2;
        const int across = lane / 4;
        fragment[matrix] = transposed ? element(along, across) | element(along + 1, across) << 16
                                      : element(across, along) | element(across, along + 1) << 16;
    }
    // A store of another lane that follows must not reach what this one still reads.
    EmulatedBlock::current().meetWarp();
}

} // namespace headroom::test

inline void loadMatrices(u32 (&fragment)[4], const u16* row) {
    headroom::test::gatherMatrices(fragment, row, false);
}
inline void loadMatricesTransposed(u32 (&fragment)[4], const u16* row) {
    headroom::test::gatherMatrices(fragment, row, true);
}

#include "core/kernels/cuda/intrinsics.cuh" // the functions that follow from these
