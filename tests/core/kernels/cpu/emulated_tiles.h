// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// The AMX intrinsics that core/kernels/cpu/packed_matrix.cpp uses, in plain code. Included before that file
// when it is compiled for tst_emulated_tiles, so that its tile code is tested on CPUs without AMX.
// Semantics as in Intel's Software Developer's Manual, volume 2, for tiles of 16 rows of 64 bytes.

#include <cstdint>
#include <cstring>
#include <immintrin.h>

namespace headroom::emulated {

struct Tile {
    std::uint8_t row[16][64];
};

inline thread_local Tile tiles[8];
inline thread_local bool areConfigured = false;

/// @param shapes 64 bytes; only palette 1 with eight whole tiles is emulated
inline void loadConfig(const void* shapes) {
    const auto* bytes = static_cast<const std::uint8_t*>(shapes);
    areConfigured = bytes[0] == 1;
    for (int tile = 0; tile < 8; ++tile) {
        std::uint16_t rowBytes = 0;
        std::memcpy(&rowBytes, bytes + 16 + 2 * tile, sizeof rowBytes);
        areConfigured = areConfigured && rowBytes == 64 && bytes[48 + tile] == 16;
    }
}

/// What the CPU does with a tile instruction before a configuration is loaded.
inline void faultUnlessConfigured() {
    if (!areConfigured)
        __builtin_trap();
}

inline void zero(int tile) {
    faultUnlessConfigured();
    tiles[tile] = {};
}

inline void load(int tile, const void* from, std::size_t stride) {
    faultUnlessConfigured();
    for (std::size_t row = 0; row < 16; ++row)
        std::memcpy(tiles[tile].row[row], static_cast<const std::uint8_t*>(from) + row * stride, 64);
}

inline void store(int tile, void* to, std::size_t stride) {
    faultUnlessConfigured();
    for (std::size_t row = 0; row < 16; ++row)
        std::memcpy(static_cast<std::uint8_t*>(to) + row * stride, tiles[tile].row[row], 64);
}

inline float numberAt(const Tile& tile, int row, int column) {
    std::uint16_t half = 0;
    std::memcpy(&half, &tile.row[row][2 * column], sizeof half);
    const std::uint32_t bits = static_cast<std::uint32_t>(half) << 16U;
    float number = 0;
    std::memcpy(&number, &bits, sizeof number);
    return number;
}

/// sums[m][n] += left[m][2 k] * right[k][2 n] + left[m][2 k + 1] * right[k][2 n + 1], over all k.
inline void multiply(int sums, int left, int right) {
    faultUnlessConfigured();
    for (int m = 0; m < 16; ++m) {
        for (int n = 0; n < 16; ++n) {
            float sum = 0;
            std::memcpy(&sum, &tiles[sums].row[m][4 * n], sizeof sum);
            for (int k = 0; k < 16; ++k) {
                sum += numberAt(tiles[left], m, 2 * k) * numberAt(tiles[right], k, 2 * n);
                sum += numberAt(tiles[left], m, 2 * k + 1) * numberAt(tiles[right], k, 2 * n + 1);
            }
            std::memcpy(&tiles[sums].row[m][4 * n], &sum, sizeof sum);
        }
    }
}

inline void release() {
    areConfigured = false;
}

} // namespace headroom::emulated

#undef _tile_loadd
#undef _tile_stored
#undef _tile_zero
#undef _tile_dpbf16ps
#undef _tile_loadconfig
#undef _tile_release
#define _tile_loadd(tile, from, stride) headroom::emulated::load(tile, from, stride)
#define _tile_stored(tile, to, stride) headroom::emulated::store(tile, to, stride)
#define _tile_zero(tile) headroom::emulated::zero(tile)
#define _tile_dpbf16ps(sums, left, right) headroom::emulated::multiply(sums, left, right)
#define _tile_loadconfig(shapes) headroom::emulated::loadConfig(shapes)
#define _tile_release() headroom::emulated::release()
