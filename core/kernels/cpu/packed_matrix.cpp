// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cpu/packed_matrix.h"

#include "core/kernels/cpu/vector_code.h"
#include "core/support/rounding.h"

#include <algorithm>
#include <array>

#ifdef __x86_64__
#include <immintrin.h>
// GCC 12 warns about the undefined operands in its own intrinsics.
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#else
#include <c10/util/Exception.h>
#endif

namespace headroom {
namespace {

constexpr std::int64_t tileRows = 16;
constexpr std::int64_t tileColumns = 32;
constexpr std::int64_t tileSize = tileRows * tileColumns;

#ifdef __x86_64__

#define HEADROOM_TILE_CODE __attribute__((target("avx512f,avx512bw,avx512vl,avx512bf16,amx-tile,amx-bf16")))

// A left tile has 16 rows of 32 elements along the sum. A right tile has 16 rows of 16 pairs: row i contains
// elements 2 i and 2 i + 1 along the sum for each of 16 columns. With pairs as elements, one layout is the
// transpose of the other.

using PairRows = __m512i[tileRows];

HEADROOM_TILE_CODE HEADROOM_INLINE __mmask16 firstOf16(std::int64_t count) {
    return static_cast<__mmask16>(count >= 16 ? 0xffffU : (1U << count) - 1);
}

HEADROOM_TILE_CODE HEADROOM_INLINE __mmask32 firstOf32(std::int64_t count) {
    return static_cast<__mmask32>(count >= 32 ? 0xffffffffU : (1U << count) - 1);
}

HEADROOM_TILE_CODE HEADROOM_INLINE __m512i loadBfloat16(const float* from, __mmask32 mask) {
    const __m512 low = _mm512_maskz_loadu_ps(static_cast<__mmask16>(mask), from);
    const __m512 high = _mm512_maskz_loadu_ps(static_cast<__mmask16>(mask >> 16U), from + 16);
    return (__m512i)_mm512_cvtne2ps_pbh(high, low);
}

HEADROOM_TILE_CODE HEADROOM_INLINE __m512i loadBfloat16(const c10::BFloat16* from, __mmask32 mask) {
    return _mm512_maskz_loadu_epi16(mask, from);
}

/// Loads 16 elements, each into the lower half of a pair.
HEADROOM_TILE_CODE HEADROOM_INLINE __m512i loadLowHalves(const float* from, __mmask16 mask) {
    const auto rounded = (__m256i)_mm512_cvtneps_pbh(_mm512_maskz_loadu_ps(mask, from));
    return _mm512_cvtepu16_epi32(rounded);
}

HEADROOM_TILE_CODE HEADROOM_INLINE __m512i loadLowHalves(const c10::BFloat16* from, __mmask16 mask) {
    return _mm512_cvtepu16_epi32(_mm256_maskz_loadu_epi16(mask, from));
}

/// Loads a tile from a matrix whose rows run along the sum. Rows past `outer` and elements past `inner`
/// become zero.
template <class T>
HEADROOM_TILE_CODE HEADROOM_INLINE void loadRows(const T* from, std::int64_t stride, std::int64_t outer,
                                                 std::int64_t inner, PairRows& rows) {
    const __mmask32 mask = firstOf32(inner);
    for (std::int64_t i = 0; i < tileRows; ++i)
        rows[i] = i < outer ? loadBfloat16(from + i * stride, mask) : _mm512_setzero_si512();
}

/// Loads a tile from a matrix whose columns run along the sum: row i pairs the matrix rows 2 i and 2 i + 1.
/// Columns past `outer` and rows past `inner` become zero.
template <class T>
HEADROOM_TILE_CODE HEADROOM_INLINE void
loadColumnPairs(const T* from, std::int64_t stride, std::int64_t outer, std::int64_t inner, PairRows& rows) {
    const __mmask16 mask = firstOf16(outer);
    for (std::int64_t i = 0; i < tileRows; ++i) {
        const T* pair = from + 2 * i * stride;
        rows[i] = 2 * i < inner ? loadLowHalves(pair, mask) : _mm512_setzero_si512();
        if (2 * i + 1 < inner)
            rows[i] = _mm512_or_si512(rows[i], _mm512_slli_epi32(loadLowHalves(pair + stride, mask), 16));
    }
}

/// Transposes 16 by 16 pairs: first within 128-bit lanes, then the lanes.
HEADROOM_TILE_CODE HEADROOM_INLINE void transpose(PairRows& rows) {
    PairRows half;
    for (std::size_t i = 0; i < 16; i += 2) {
        half[i] = _mm512_unpacklo_epi32(rows[i], rows[i + 1]);
        half[i + 1] = _mm512_unpackhi_epi32(rows[i], rows[i + 1]);
    }
    for (std::size_t i = 0; i < 16; i += 4) {
        rows[i] = _mm512_unpacklo_epi64(half[i], half[i + 2]);
        rows[i + 1] = _mm512_unpackhi_epi64(half[i], half[i + 2]);
        rows[i + 2] = _mm512_unpacklo_epi64(half[i + 1], half[i + 3]);
        rows[i + 3] = _mm512_unpackhi_epi64(half[i + 1], half[i + 3]);
    }
    constexpr int even = 0x88;
    constexpr int odd = 0xdd;
    for (std::size_t i = 0; i < 4; ++i) {
        for (std::size_t eight = 0; eight < 16; eight += 8) {
            half[eight + i] = _mm512_shuffle_i32x4(rows[eight + i], rows[eight + 4 + i], even);
            half[eight + 4 + i] = _mm512_shuffle_i32x4(rows[eight + i], rows[eight + 4 + i], odd);
        }
    }
    for (std::size_t i = 0; i < 8; ++i) {
        rows[i] = _mm512_shuffle_i32x4(half[i], half[8 + i], even);
        rows[8 + i] = _mm512_shuffle_i32x4(half[i], half[8 + i], odd);
    }
}

template <class T>
HEADROOM_TILE_CODE void packTiles(Side side, Matrix<T> matrix, std::int64_t outer, std::int64_t inner,
                                  std::uint16_t* tiles) {
    const bool left = side == Side::Left;
    const bool rowsRunAlongSum = left != matrix.isTransposed;
    for (std::int64_t o = 0; o < outer; o += tileRows) {
        for (std::int64_t k = 0; k < inner; k += tileColumns, tiles += tileSize) {
            PairRows rows;
            if (rowsRunAlongSum)
                loadRows(matrix.data + o * matrix.stride + k, matrix.stride, outer - o, inner - k, rows);
            else
                loadColumnPairs(matrix.data + k * matrix.stride + o, matrix.stride, outer - o, inner - k,
                                rows);
            if (rowsRunAlongSum != left)
                transpose(rows);
            for (std::int64_t i = 0; i < tileRows; ++i)
                _mm512_store_si512(tiles + i * tileColumns, rows[i]);
        }
    }
}

/// The tile configuration (TILECFG): eight full tiles.
struct alignas(64) TileShapes {
    std::uint8_t palette = 1;
    std::uint8_t firstRow = 0;
    std::array<std::uint8_t, 14> reserved{};
    std::array<std::uint16_t, 16> rowBytes{64, 64, 64, 64, 64, 64, 64, 64};
    std::array<std::uint8_t, 16> rows{16, 16, 16, 16, 16, 16, 16, 16};
};

/// Four accumulator tiles in memory.
struct alignas(64) TileSums {
    std::array<std::array<float, tileRows * tileRows>, 4> tile;
};

// Tiles 0 to 3 accumulate two by two tiles of c, tiles 4 and 5 are left operands, 6 and 7 right ones.

HEADROOM_TILE_CODE HEADROOM_INLINE void zeroSums() {
    _tile_zero(0);
    _tile_zero(1);
    _tile_zero(2);
    _tile_zero(3);
}

HEADROOM_TILE_CODE HEADROOM_INLINE void loadSums(const float* c, std::int64_t stride) {
    const auto strideBytes = static_cast<std::size_t>(stride) * sizeof(float);
    const float* below = c + tileRows * stride;
    _tile_loadd(0, c, strideBytes);
    _tile_loadd(1, c + tileRows, strideBytes);
    _tile_loadd(2, below, strideBytes);
    _tile_loadd(3, below + tileRows, strideBytes);
}

HEADROOM_TILE_CODE HEADROOM_INLINE void storeSums(float* c, std::int64_t stride) {
    const auto strideBytes = static_cast<std::size_t>(stride) * sizeof(float);
    float* below = c + tileRows * stride;
    _tile_stored(0, c, strideBytes);
    _tile_stored(1, c + tileRows, strideBytes);
    _tile_stored(2, below, strideBytes);
    _tile_stored(3, below + tileRows, strideBytes);
}

/// Adds the products of two strips of the left operand and two of the right one.
HEADROOM_TILE_CODE HEADROOM_INLINE void addProducts(const std::uint16_t* left0, const std::uint16_t* left1,
                                                    const std::uint16_t* right0, const std::uint16_t* right1,
                                                    std::int64_t stripSize) {
    constexpr std::int64_t rowBytes = 64;
    for (std::int64_t k = 0; k < stripSize; k += tileSize) {
        _tile_loadd(4, left0 + k, rowBytes);
        _tile_loadd(6, right0 + k, rowBytes);
        _tile_dpbf16ps(0, 4, 6);
        _tile_loadd(7, right1 + k, rowBytes);
        _tile_dpbf16ps(1, 4, 7);
        _tile_loadd(5, left1 + k, rowBytes);
        _tile_dpbf16ps(2, 5, 6);
        _tile_dpbf16ps(3, 5, 7);
    }
}

/// Stores the part of a tile that lies within c, or adds it.
HEADROOM_TILE_CODE HEADROOM_INLINE void storePart(const float* tile, float* c, std::int64_t stride,
                                                  std::int64_t rows, std::int64_t columns, bool accumulate) {
    if (columns <= 0)
        return;
    const __mmask16 mask = firstOf16(columns);
    for (std::int64_t i = 0; i < std::min(rows, tileRows); ++i) {
        __m512 sum = _mm512_load_ps(tile + i * tileRows);
        if (accumulate)
            sum = _mm512_add_ps(sum, _mm512_maskz_loadu_ps(mask, c + i * stride));
        _mm512_mask_storeu_ps(c + i * stride, mask, sum);
    }
}

/// Stores the sums at an edge of c, where c has `rows` by `columns` elements left.
HEADROOM_TILE_CODE HEADROOM_INLINE void storeEdge(float* c, std::int64_t stride, std::int64_t rows,
                                                  std::int64_t columns, bool accumulate) {
    constexpr std::int64_t rowBytes = 64;
    TileSums sums;
    _tile_stored(0, sums.tile[0].data(), rowBytes);
    _tile_stored(1, sums.tile[1].data(), rowBytes);
    _tile_stored(2, sums.tile[2].data(), rowBytes);
    _tile_stored(3, sums.tile[3].data(), rowBytes);
    float* below = c + tileRows * stride;
    const std::int64_t rowsBelow = rows - tileRows;
    const std::int64_t columnsBeside = columns - tileRows;
    storePart(sums.tile[0].data(), c, stride, rows, columns, accumulate);
    storePart(sums.tile[1].data(), c + tileRows, stride, rows, columnsBeside, accumulate);
    storePart(sums.tile[2].data(), below, stride, rowsBelow, columns, accumulate);
    storePart(sums.tile[3].data(), below + tileRows, stride, rowsBelow, columnsBeside, accumulate);
}

HEADROOM_TILE_CODE void multiplyTiles(const PackedTiles& left, const PackedTiles& right, float* c,
                                      std::int64_t stride, bool accumulate) {
    static constexpr TileShapes shapes;
    const std::int64_t rows = left.outer();
    const std::int64_t columns = right.outer();
    const std::int64_t stripSize = divideUp(left.inner(), tileColumns) * tileSize;
    _tile_loadconfig(&shapes);
    // Computes two by two accumulator tiles together, so that each loaded tile is used twice. At an edge the
    // second tile repeats the first; its result lies outside of c and is not stored.
    for (std::int64_t j = 0; j < columns; j += 2 * tileRows) {
        const std::uint16_t* right0 = right.strip(j / tileRows);
        const std::uint16_t* right1 = j + tileRows < columns ? right.strip(j / tileRows + 1) : right0;
        for (std::int64_t i = 0; i < rows; i += 2 * tileRows) {
            const std::uint16_t* left0 = left.strip(i / tileRows);
            const std::uint16_t* left1 = i + tileRows < rows ? left.strip(i / tileRows + 1) : left0;
            float* tile = c + i * stride + j;
            const bool isWhole = i + 2 * tileRows <= rows && j + 2 * tileRows <= columns;
            if (isWhole && accumulate)
                loadSums(tile, stride);
            else
                zeroSums();
            addProducts(left0, left1, right0, right1, stripSize);
            if (isWhole)
                storeSums(tile, stride);
            else
                storeEdge(tile, stride, rows - i, columns - j, accumulate);
        }
    }
    _tile_release();
}

#else

template <class T>
void packTiles(Side, Matrix<T>, std::int64_t, std::int64_t, std::uint16_t*) {
    TORCH_INTERNAL_ASSERT(false, "this CPU has no AMX tiles");
}

void multiplyTiles(const PackedTiles&, const PackedTiles&, float*, std::int64_t, bool) {
    TORCH_INTERNAL_ASSERT(false, "this CPU has no AMX tiles");
}

#endif

} // namespace

void PackedTiles::pack(Matrix<float> matrix, std::int64_t outer, std::int64_t inner) {
    resize(outer, inner);
    packTiles(side_, matrix, outer, inner, tiles_.data());
}

void PackedTiles::pack(Matrix<c10::BFloat16> matrix, std::int64_t outer, std::int64_t inner) {
    resize(outer, inner);
    packTiles(side_, matrix, outer, inner, tiles_.data());
}

const std::uint16_t* PackedTiles::strip(std::int64_t index) const {
    return tiles_.data() + index * divideUp(inner_, tileColumns) * tileSize;
}

void PackedTiles::resize(std::int64_t outer, std::int64_t inner) {
    outer_ = outer;
    inner_ = inner;
    const std::int64_t tiles = divideUp(outer, tileRows) * divideUp(inner, tileColumns);
    const auto needed = static_cast<std::size_t>(tiles * tileSize);
    if (tiles_.size() < needed)
        tiles_.resize(needed);
}

void multiply(const PackedTiles& left, const PackedTiles& right, float* c, std::int64_t stride,
              bool accumulate) {
    multiplyTiles(left, right, c, stride, accumulate);
}

} // namespace headroom
