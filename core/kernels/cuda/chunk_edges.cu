// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The gradients of the last positions of each chunk but the last, before the convolution: they are sums of a
// part from the chunk itself and one from the next chunk.
#include "core/kernels/cuda/scan.cuh"

namespace chunk_edges {

constexpr int threads = 256;
constexpr int edgeLength = 3; ///< positions; a convolution of four taps reads so many before its own

} // namespace chunk_edges

/// Grid: rows * (chunks - 1) * edgeLength * channels / 8 / threads.
/// @param edges [rows, chunks - 1, 2, edgeLength, channels]: parts from the chunk, then from the next one
/// @param gradTokens [rows, length, stride], its first `channels` columns
HEADROOM_KERNEL void __launch_bounds__(chunk_edges::threads)
    addChunkEdges(const float* __restrict__ edges, u16* __restrict__ gradTokens, i64 stride, int rows,
                  int length, int channels, int backward) {
    using namespace chunk_edges;
    const i64 index = static_cast<i64>(blockIdx.x) * threads + threadIdx.x;
    const int column = static_cast<int>(index % (channels / 8)) * 8;
    const i64 place = index / (channels / 8);
    const int ofEdge = static_cast<int>(place % edgeLength);
    const i64 edge = place / edgeLength;
    const int edgesPerRow = (length - 1) / chunkLength;
    const int row = static_cast<int>(edge / edgesPerRow);
    if (row >= rows)
        return;
    const float* own = edges + (edge * (2 * edgeLength) + ofEdge) * channels + column;
    const float* next = own + edgeLength * channels;
    float sums[8];
#pragma unroll
    for (int i = 0; i < 8; i += 4) {
        const Four fromOwn = load(own + i);
        const Four fromNext = load(next + i);
#pragma unroll
        for (int j = 0; j < 4; ++j)
            sums[i + j] = fromOwn.number[j] + fromNext.number[j];
    }
    const RowPositions positions{static_cast<i64>(row) * length, length, backward};
    const int end = (static_cast<int>(edge % edgesPerRow) + 1) * chunkLength;
    store(gradTokens + positions.token(end - edgeLength + ofEdge) * stride + column, narrowed(sums));
}
