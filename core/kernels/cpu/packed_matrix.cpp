#include "core/kernels/cpu/packed_matrix.h"

#include "core/kernels/cpu/vector_code.h"

#include <algorithm>
#include <array>

#ifdef __x86_64__
#include <immintrin.h>
// GCC 12 takes the undefined operands within its own vector functions for a mistake.
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#else
#include <c10/util/Exception.h>
#endif

namespace headroom {
namespace {

constexpr std::int64_t tileRows = 16;
constexpr std::int64_t tileNumbers = 32; ///< of a row
constexpr std::int64_t tileSize = tileRows * tileNumbers;

std::int64_t tilesOf(std::int64_t count, std::int64_t each) {
    return (count + each - 1) / each;
}

#ifdef __x86_64__

#define HEADROOM_TILE_CODE __attribute__((target("avx512f,avx512bw,avx512vl,avx512bf16,amx-tile,amx-bf16")))

// A left tile has 16 rows of 32 numbers of the sum. A right one has 16 rows of 16 pairs: row i holds numbers
// 2 i and 2 i + 1 of the sum for each of 16 columns. So one is the other's transpose, pairs taken as one.

using PairRows = __m512i[tileRows];

HEADROOM_TILE_CODE HEADROOM_INLINE __mmask16 firstOf16(std::int64_t count) {
    return static_cast<__mmask16>(count >= 16 ? 0xffffU : (1U << count) - 1);
}

HEADROOM_TILE_CODE HEADROOM_INLINE __mmask32 firstOf32(std::int64_t count) {
    return static_cast<__mmask32>(count >= 32 ? 0xffffffffU : (1U << count) - 1);
}

HEADROOM_TILE_CODE HEADROOM_INLINE __m512i numbers(const float* from, __mmask32 which) {
    const __m512 low = _mm512_maskz_loadu_ps(static_cast<__mmask16>(which), from);
    const __m512 high = _mm512_maskz_loadu_ps(static_cast<__mmask16>(which >> 16U), from + 16);
    return (__m512i)_mm512_cvtne2ps_pbh(high, low);
}

HEADROOM_TILE_CODE HEADROOM_INLINE __m512i numbers(const c10::BFloat16* from, __mmask32 which) {
    return _mm512_maskz_loadu_epi16(which, from);
}

/// 16 numbers, each in the lower half of a pair.
HEADROOM_TILE_CODE HEADROOM_INLINE __m512i halves(const float* from, __mmask16 which) {
    const auto rounded = (__m256i)_mm512_cvtneps_pbh(_mm512_maskz_loadu_ps(which, from));
    return _mm512_cvtepu16_epi32(rounded);
}

HEADROOM_TILE_CODE HEADROOM_INLINE __m512i halves(const c10::BFloat16* from, __mmask16 which) {
    return _mm512_cvtepu16_epi32(_mm256_maskz_loadu_epi16(which, from));
}

/// From a matrix whose rows run along the sum: a row each, of `outer` rows and `inner` numbers.
template <class T>
HEADROOM_TILE_CODE HEADROOM_INLINE void alongRows(const T* from, std::int64_t stride, std::int64_t outer,
                                                  std::int64_t inner, PairRows& rows) {
    const __mmask32 which = firstOf32(inner);
    for (std::int64_t i = 0; i < tileRows; ++i)
        rows[i] = i < outer ? numbers(from + i * stride, which) : _mm512_setzero_si512();
}

/// From a matrix whose columns run along the sum: two rows of it each, `inner` rows of `outer` numbers.
template <class T>
HEADROOM_TILE_CODE HEADROOM_INLINE void acrossRows(const T* from, std::int64_t stride, std::int64_t outer,
                                                   std::int64_t inner, PairRows& rows) {
    const __mmask16 which = firstOf16(outer);
    for (std::int64_t i = 0; i < tileRows; ++i) {
        const T* pair = from + 2 * i * stride;
        rows[i] = 2 * i < inner ? halves(pair, which) : _mm512_setzero_si512();
        if (2 * i + 1 < inner)
            rows[i] = _mm512_or_si512(rows[i], _mm512_slli_epi32(halves(pair + stride, which), 16));
    }
}

/// Of 16 by 16 pairs: first within the quarters of four rows, then the quarters themselves.
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
HEADROOM_TILE_CODE void layOut(Side side, Matrix<T> matrix, std::int64_t outer, std::int64_t inner,
                               std::uint16_t* tiles) {
    const bool left = side == Side::Left;
    const bool along = left != matrix.isTransposed;
    for (std::int64_t o = 0; o < outer; o += tileRows) {
        for (std::int64_t k = 0; k < inner; k += tileNumbers, tiles += tileSize) {
            PairRows rows;
            if (along)
                alongRows(matrix.data + o * matrix.stride + k, matrix.stride, outer - o, inner - k, rows);
            else
                acrossRows(matrix.data + k * matrix.stride + o, matrix.stride, outer - o, inner - k, rows);
            if (along != left)
                transpose(rows);
            for (std::int64_t i = 0; i < tileRows; ++i)
                _mm512_store_si512(tiles + i * tileNumbers, rows[i]);
        }
    }
}

/// What the processor is told of its eight tiles: all are full.
struct alignas(64) TileShapes {
    std::uint8_t palette = 1;
    std::uint8_t firstRow = 0;
    std::array<std::uint8_t, 14> reserved{};
    std::array<std::uint16_t, 16> rowBytes{64, 64, 64, 64, 64, 64, 64, 64};
    std::array<std::uint8_t, 16> rows{16, 16, 16, 16, 16, 16, 16, 16};
};

/// Four tiles of sums.
struct alignas(64) TileSums {
    std::array<std::array<float, tileRows * tileRows>, 4> tile;
};

/// Writes or adds the part of a tile that lies within c.
HEADROOM_TILE_CODE HEADROOM_INLINE void putPart(const float* tile, float* c, std::int64_t stride,
                                                std::int64_t rows, std::int64_t columns, bool accumulate) {
    if (columns <= 0)
        return;
    const __mmask16 which = firstOf16(columns);
    for (std::int64_t i = 0; i < std::min(rows, tileRows); ++i) {
        __m512 sum = _mm512_load_ps(tile + i * tileRows);
        if (accumulate)
            sum = _mm512_add_ps(sum, _mm512_maskz_loadu_ps(which, c + i * stride));
        _mm512_mask_storeu_ps(c + i * stride, which, sum);
    }
}

HEADROOM_TILE_CODE void multiplyTiles(const PackedTiles& left, const PackedTiles& right, float* c,
                                      std::int64_t stride, bool accumulate) {
    static constexpr TileShapes shapes;
    constexpr std::int64_t rowBytes = 64;
    const std::int64_t rows = left.outer();
    const std::int64_t columns = right.outer();
    const std::int64_t strip = tilesOf(left.inner(), tileNumbers) * tileSize;
    const auto strideBytes = static_cast<std::size_t>(stride) * sizeof(float);
    TileSums sums;
    _tile_loadconfig(&shapes);
    // Two by two tiles of sums at once, so that each tile that is loaded is used twice. At an edge the second
    // is the first again, and falls outside of c.
    for (std::int64_t j = 0; j < columns; j += 2 * tileRows) {
        const std::uint16_t* right0 = right.strip(j / tileRows);
        const std::uint16_t* right1 = j + tileRows < columns ? right.strip(j / tileRows + 1) : right0;
        for (std::int64_t i = 0; i < rows; i += 2 * tileRows) {
            const std::uint16_t* left0 = left.strip(i / tileRows);
            const std::uint16_t* left1 = i + tileRows < rows ? left.strip(i / tileRows + 1) : left0;
            float* c0 = c + i * stride + j;
            float* c1 = c0 + tileRows * stride;
            const bool whole = i + 2 * tileRows <= rows && j + 2 * tileRows <= columns;
            if (whole && accumulate) {
                _tile_loadd(0, c0, strideBytes);
                _tile_loadd(1, c0 + tileRows, strideBytes);
                _tile_loadd(2, c1, strideBytes);
                _tile_loadd(3, c1 + tileRows, strideBytes);
            } else {
                _tile_zero(0);
                _tile_zero(1);
                _tile_zero(2);
                _tile_zero(3);
            }
            for (std::int64_t k = 0; k < strip; k += tileSize) {
                _tile_loadd(4, left0 + k, rowBytes);
                _tile_loadd(6, right0 + k, rowBytes);
                _tile_dpbf16ps(0, 4, 6);
                _tile_loadd(7, right1 + k, rowBytes);
                _tile_dpbf16ps(1, 4, 7);
                _tile_loadd(5, left1 + k, rowBytes);
                _tile_dpbf16ps(2, 5, 6);
                _tile_dpbf16ps(3, 5, 7);
            }
            if (whole) {
                _tile_stored(0, c0, strideBytes);
                _tile_stored(1, c0 + tileRows, strideBytes);
                _tile_stored(2, c1, strideBytes);
                _tile_stored(3, c1 + tileRows, strideBytes);
                continue;
            }
            _tile_stored(0, sums.tile[0].data(), rowBytes);
            _tile_stored(1, sums.tile[1].data(), rowBytes);
            _tile_stored(2, sums.tile[2].data(), rowBytes);
            _tile_stored(3, sums.tile[3].data(), rowBytes);
            const std::int64_t below = i + tileRows;
            const std::int64_t beside = j + tileRows;
            putPart(sums.tile[0].data(), c0, stride, rows - i, columns - j, accumulate);
            putPart(sums.tile[1].data(), c0 + tileRows, stride, rows - i, columns - beside, accumulate);
            putPart(sums.tile[2].data(), c1, stride, rows - below, columns - j, accumulate);
            putPart(sums.tile[3].data(), c1 + tileRows, stride, rows - below, columns - beside, accumulate);
        }
    }
    _tile_release();
}

#else

template <class T>
void layOut(Side, Matrix<T>, std::int64_t, std::int64_t, std::uint16_t*) {
    TORCH_INTERNAL_ASSERT(false, "this processor has no tiles");
}

void multiplyTiles(const PackedTiles&, const PackedTiles&, float*, std::int64_t, bool) {
    TORCH_INTERNAL_ASSERT(false, "this processor has no tiles");
}

#endif

} // namespace

void PackedTiles::take(Matrix<float> matrix, std::int64_t outer, std::int64_t inner) {
    makeRoom(outer, inner);
    layOut(side_, matrix, outer, inner, tiles_.data());
}

void PackedTiles::take(Matrix<c10::BFloat16> matrix, std::int64_t outer, std::int64_t inner) {
    makeRoom(outer, inner);
    layOut(side_, matrix, outer, inner, tiles_.data());
}

const std::uint16_t* PackedTiles::strip(std::int64_t index) const {
    return tiles_.data() + index * tilesOf(inner_, tileNumbers) * tileSize;
}

void PackedTiles::makeRoom(std::int64_t outer, std::int64_t inner) {
    outer_ = outer;
    inner_ = inner;
    const std::int64_t tiles = tilesOf(outer, tileRows) * tilesOf(inner, tileNumbers);
    const auto needed = static_cast<std::size_t>(tiles * tileSize);
    if (tiles_.size() < needed)
        tiles_.resize(needed);
}

void multiply(const PackedTiles& left, const PackedTiles& right, float* c, std::int64_t stride,
              bool accumulate) {
    multiplyTiles(left, right, c, stride, accumulate);
}

} // namespace headroom
