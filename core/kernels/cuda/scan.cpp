// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/scan.h"

#include "core/kernels/cuda/kernel_tensors.h"
#include "core/kernels/cuda/launcher.h"
#include "core/kernels/cuda/sum_shares.h"
#include "core/kernels/kernel_cost.h"
#include "core/support/rounding.h"

#include <ATen/ops/empty.h>
#include <c10/util/Exception.h>

#include <algorithm>

namespace headroom {
namespace {

constexpr std::int64_t n = CudaScanShape::chunkLength;
constexpr unsigned scanThreads = 256;
/// Columns of x per block in the forward kernels.
constexpr std::int64_t width = 128;
/// Padding of rows in shared memory, in numbers; avoids bank conflicts.
constexpr std::int64_t padding = 8;

/// Operations of the product of two 16 x 16 squares.
constexpr double flopsOfSquares = 2.0 * 16 * 16 * 16;
/// Squares in the lower triangle of a chunk.
constexpr double triangle = 10;

/// A scan and the sizes that its kernels need.
struct Scan {
    CudaScanShape shape;
    std::int64_t rows;
    std::int64_t length;
    bool runs; ///< not on Meta tensors

    std::int64_t chunks() const { return CudaScanShape::chunks(length); }
    std::int64_t headsAtOnce() const { return width / shape.headdim; }
    std::int64_t groups() const { return divideUp(shape.heads, headsAtOnce()); }
    double tokens() const { return static_cast<double>(rows * length); }
    /// Squares of [16, N] and of [16, P].
    double squaresOfN() const { return static_cast<double>(shape.state) / 16; }
    double squaresOfP() const { return static_cast<double>(shape.headdim) / 16; }
    std::vector<std::int64_t> statesSize() const {
        return {rows, shape.heads, chunks() - 1, shape.headdim, shape.state};
    }
    double bytesOfStates() const {
        return 2.0 * static_cast<double>(rows * shape.heads * (chunks() - 1) * shape.headdim * shape.state);
    }
    double bytesOfTokens(std::int64_t columns) const { return 2 * tokens() * static_cast<double>(columns); }
    double bytesOfSteps() const { return 4 * tokens() * static_cast<double>(shape.heads); }

    CudaKernel kernel(const char* source, const char* function) const {
        return {source, function, {{"HEADDIM", shape.headdim}, {"STATE", shape.state}}};
    }
    std::int64_t rowOfState() const { return shape.state + padding; }
};

Scan scanOf(const at::Tensor& xbc, const at::Tensor& dt, const at::Tensor& aLog, const at::Tensor& d,
            const CudaScanShape& shape) {
    TORCH_CHECK(hasCudaScan(shape.headdim, shape.state), "there is no scan kernel for headdim ",
                shape.headdim, " and state ", shape.state);
    TORCH_CHECK(xbc.dim() == 3 && xbc.size(2) == shape.convDim() && xbc.scalar_type() == at::kBFloat16,
                "x, B, C of the scan: bfloat16 [R, L, ", shape.convDim(), "] expected, got ", xbc.sizes());
    TORCH_CHECK(xbc.numel() > 0 && xbc.stride(2) == 1 && xbc.stride(1) % 8 == 0 &&
                    (xbc.size(0) == 1 || xbc.stride(0) == xbc.size(1) * xbc.stride(1)),
                "x, B, C of the scan have the strides ", xbc.strides());
    TORCH_CHECK(xbc.is_meta() || reinterpret_cast<std::uintptr_t>(xbc.const_data_ptr()) % 16 == 0,
                "x, B, C of the scan must begin at a multiple of 16 bytes");
    TORCH_CHECK(dt.sizes() == at::IntArrayRef({xbc.size(0), xbc.size(1), shape.heads}) &&
                    dt.is_contiguous() && dt.scalar_type() == at::kFloat,
                "the time steps of the scan have the shape ", dt.sizes());
    checkParameters(aLog, shape.heads, "A_log");
    checkParameters(d, shape.heads, "D");
    return {shape, xbc.size(0), xbc.size(1), !xbc.is_meta()};
}

/// Groups of heads per block. Groups of a row that share a block read B and C only once. With one chunk a
/// block can have many groups, but there should be enough blocks to fill any card.
std::int64_t groupsPerBlock(const Scan& scan) {
    constexpr std::int64_t enoughBlocks = 1024;
    if (scan.chunks() > 1)
        return 1;
    return std::clamp<std::int64_t>(scan.rows * scan.groups() / enoughBlocks, 1, scan.groups());
}

unsigned sharedBytesForward(const Scan& scan) {
    const std::int64_t numbers =
        2 * n * scan.rowOfState() + n * (width + padding) + scan.headsAtOnce() * n * (n + padding);
    const std::int64_t sums = (3 * scan.headsAtOnce() + scanThreads / 32) * n;
    return static_cast<unsigned>(2 * numbers + 4 * sums);
}

unsigned sharedBytesOfStates(const Scan& scan) {
    const std::int64_t numbers = n * scan.rowOfState() + n * (width + padding);
    return static_cast<unsigned>(2 * numbers + 4 * scan.headsAtOnce() * n);
}

unsigned sharedBytesBackward(const Scan& scan) {
    const std::int64_t numbers =
        2 * n * scan.rowOfState() + 2 * n * (scan.shape.headdim + padding) + n * (n + padding);
    const std::int64_t sums = 13 * n + scanThreads / 32;
    const std::int64_t states = scan.chunks() > 1 ? 2 * scan.shape.headdim * scan.rowOfState() : 0;
    return static_cast<unsigned>(2 * (numbers + states) + 4 * sums);
}

at::Tensor gradientsOfStates(const Scan& scan, const at::Tensor& xbc, const at::Tensor& dt,
                             const at::Tensor& aLog, const at::Tensor& gradY) {
    at::Tensor gradients = at::empty(scan.statesSize(), xbc.options());
    const std::int64_t blocks = scan.rows * scan.groups();
    if (scan.runs)
        launch(scan.kernel("scan_states", "scanStateGradients"), {static_cast<unsigned>(blocks)}, scanThreads,
               sharedBytesOfStates(scan), xbc.const_data_ptr(), xbc.stride(1), dt.const_data_ptr(),
               aLog.const_data_ptr(), gradY.const_data_ptr(), gradients.mutable_data_ptr(),
               static_cast<int>(scan.length), static_cast<int>(scan.shape.heads),
               static_cast<int>(scan.shape.backward));
    // The first chunk is not needed.
    const double part = static_cast<double>(scan.length - n) / static_cast<double>(scan.length);
    const double squares = static_cast<double>((scan.chunks() - 1) * scan.headsAtOnce()) * 4 *
                           scan.squaresOfN() * scan.squaresOfP();
    reportKernelCost(
        {.bf16Flops = flopsOfSquares * static_cast<double>(blocks) * squares,
         .bytes = part * (static_cast<double>(scan.groups()) * scan.bytesOfTokens(scan.shape.state) +
                          scan.bytesOfTokens(scan.shape.inner()) + scan.bytesOfSteps()) +
                  scan.bytesOfStates(),
         .calls = 1});
    return gradients;
}

} // namespace

bool hasCudaScan(std::int64_t headdim, std::int64_t state) {
    const bool hasState = state == 16 || state == 32 || state == 64 || state == 128;
    return hasState && (headdim == 32 || headdim == 64);
}

CudaScanOutput scanForward(const at::Tensor& xbc, const at::Tensor& dt, const at::Tensor& aLog,
                           const at::Tensor& d, const at::Tensor& projected, const CudaScanShape& shape,
                           const CudaScanWanted& wanted) {
    const Scan scan = scanOf(xbc, dt, aLog, d, shape);
    CudaScanOutput out;
    const auto tokens = [&](bool isWanted) {
        return isWanted ? at::empty({scan.rows, scan.length, shape.inner()}, xbc.options()) : at::Tensor();
    };
    out.y = tokens(wanted.y);
    out.gated = tokens(wanted.gated);
    if (wanted.gated) {
        checkTokens(projected, "projected");
        TORCH_CHECK(tokenCount(projected) == scan.rows * scan.length && projected.size(-1) >= shape.inner(),
                    "the scan and its gate have different tokens");
        out.squares = at::empty({scan.rows, scan.length, scan.groups()}, dt.options());
    }
    if (wanted.states && scan.chunks() > 1)
        out.states = at::empty(scan.statesSize(), xbc.options());
    const std::int64_t groups = groupsPerBlock(scan);
    const std::int64_t blocksPerRow = divideUp(scan.groups(), groups);
    if (scan.runs) {
        const auto pointer = [](const at::Tensor& result) {
            return result.defined() ? result.mutable_data_ptr() : nullptr;
        };
        launch(scan.kernel("scan_forward", "scanForward"), {static_cast<unsigned>(scan.rows * blocksPerRow)},
               scanThreads, sharedBytesForward(scan), xbc.const_data_ptr(), xbc.stride(1),
               dt.const_data_ptr(), aLog.const_data_ptr(), d.const_data_ptr(), pointer(out.y),
               wanted.gated ? projected.const_data_ptr() : nullptr, projected.size(-1), pointer(out.gated),
               pointer(out.squares), pointer(out.states), static_cast<int>(scan.length),
               static_cast<int>(shape.heads), static_cast<int>(groups), static_cast<int>(shape.backward));
    }
    const double chunks = static_cast<double>(scan.rows * scan.chunks());
    const double heads = static_cast<double>(scan.groups() * scan.headsAtOnce());
    const double states = 8 * scan.squaresOfN() * (1 - 1 / static_cast<double>(scan.chunks())); // read, add
    const double squares = static_cast<double>(blocksPerRow) * triangle * scan.squaresOfN() +
                           heads * scan.squaresOfP() * (triangle + states);
    double bytes = static_cast<double>(blocksPerRow) * scan.bytesOfTokens(2 * shape.state) +
                   scan.bytesOfTokens(shape.inner()) + scan.bytesOfSteps();
    for (const at::Tensor& written : {out.y, out.gated, out.squares, out.states})
        if (written.defined())
            bytes += bytesOf(written);
    if (wanted.gated)
        bytes += scan.bytesOfTokens(shape.inner()); // z
    reportKernelCost({.bf16Flops = flopsOfSquares * chunks * squares, .bytes = bytes, .calls = 1});
    return out;
}

CudaScanGradients scanBackward(const at::Tensor& xbc, const at::Tensor& dt, const at::Tensor& aLog,
                               const at::Tensor& d, const at::Tensor& states, const at::Tensor& gradY,
                               const CudaScanShape& shape) {
    const Scan scan = scanOf(xbc, dt, aLog, d, shape);
    const bool hasStates = scan.chunks() > 1;
    TORCH_CHECK(gradY.numel() == scan.rows * scan.length * shape.inner() && gradY.is_contiguous() &&
                    gradY.scalar_type() == at::kBFloat16,
                "the gradient of the scan has the shape ", gradY.sizes());
    TORCH_CHECK(!hasStates || (states.defined() && states.sizes() == at::IntArrayRef(scan.statesSize())),
                "the backward pass of the scan needs the states");
    at::Tensor gradStates;
    if (hasStates)
        gradStates = gradientsOfStates(scan, xbc, dt, aLog, gradY);

    CudaScanGradients gradients;
    gradients.xbc = at::empty(xbc.sizes(), xbc.options());
    gradients.dt = at::empty(dt.sizes(), dt.options());
    const std::int64_t blocks = scan.rows * scan.chunks();
    const at::Tensor shares = at::empty({blocks, 2 * shape.heads}, dt.options());
    if (scan.runs)
        launch(scan.kernel("scan_backward", "scanBackward"), {static_cast<unsigned>(blocks)}, scanThreads,
               sharedBytesBackward(scan), xbc.const_data_ptr(), xbc.stride(1), dt.const_data_ptr(),
               aLog.const_data_ptr(), d.const_data_ptr(), hasStates ? states.const_data_ptr() : nullptr,
               hasStates ? gradStates.const_data_ptr() : nullptr, gradY.const_data_ptr(),
               gradients.xbc.mutable_data_ptr(), gradients.dt.mutable_data_ptr(), shares.mutable_data_ptr(),
               static_cast<int>(scan.length), static_cast<int>(shape.heads),
               static_cast<int>(shape.backward));
    const double heads = static_cast<double>(shape.heads);
    const double atStates = 12 * scan.squaresOfN() * (1 - 1 / static_cast<double>(scan.chunks()));
    const double squares =
        3 * triangle * scan.squaresOfN() + heads * scan.squaresOfP() * (2 * triangle + atStates);
    reportKernelCost({.bf16Flops = flopsOfSquares * static_cast<double>(blocks) * squares,
                      .bytes = 2 * scan.bytesOfTokens(shape.convDim()) + scan.bytesOfTokens(shape.inner()) +
                               2 * scan.bytesOfSteps() + 2 * scan.bytesOfStates() +
                               8 * static_cast<double>(blocks) * heads,
                      .calls = 1});
    gradients.parameters = sumShares(shares);
    return gradients;
}

} // namespace headroom
