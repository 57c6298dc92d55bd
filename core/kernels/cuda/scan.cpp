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

/// Positions before its own that a convolution reads.
constexpr std::int64_t edgeLength = CudaScanShape::mostTaps - 1;

/// A scan and the sizes that its kernels need.
struct Scan {
    CudaScanInputs inputs;
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
    int taps() const { return static_cast<int>(inputs.convWeight.size(2)); }
    /// Bytes of columns of projected tokens, with the positions before each chunk but the first that their
    /// convolution reads.
    double bytesToConvolve(std::int64_t columns) const {
        const std::int64_t before = (chunks() - 1) * edgeLength;
        return bytesOfTokens(columns) * (1 + static_cast<double>(before) / static_cast<double>(length));
    }
    at::Tensor tokens(std::int64_t columns) const {
        return at::empty({rows, length, columns}, inputs.bc.options());
    }
    at::Tensor numbers(at::IntArrayRef sizes) const { return at::empty(sizes, inputs.dt.options()); }
};

Scan scanOf(const CudaScanInputs& inputs, const CudaScanShape& shape) {
    TORCH_CHECK(hasCudaScan(shape.headdim, shape.state), "there is no scan kernel for headdim ",
                shape.headdim, " and state ", shape.state);
    const at::Tensor& bc = inputs.bc;
    checkTokens(inputs.projected, "projected");
    checkTokens(bc, "B, C of the scan");
    TORCH_CHECK(bc.dim() == 3 && bc.size(2) == 2 * shape.state, "B, C of the scan: [R, L, ", 2 * shape.state,
                "] expected, got ", bc.sizes());
    const Scan scan{inputs, shape, bc.size(0), bc.size(1), !bc.is_meta()};
    TORCH_CHECK(tokenCount(inputs.projected) == scan.rows * scan.length &&
                    inputs.projected.size(-1) >= shape.inner() + shape.convDim(),
                "projected of the scan has the shape ", inputs.projected.sizes());
    TORCH_CHECK(inputs.convWeight.dim() == 3 && scan.taps() >= 1 && scan.taps() <= CudaScanShape::mostTaps &&
                    inputs.convWeight.size(0) == shape.convDim(),
                "the convolution of the scan has the shape ", inputs.convWeight.sizes());
    checkParameters(inputs.convWeight, inputs.convWeight.numel(), "the weight of the convolution");
    checkParameters(inputs.convBias, shape.convDim(), "the bias of the convolution");
    checkParameters(inputs.dt, scan.rows * scan.length * shape.heads, "the time steps of the scan");
    checkParameters(inputs.aLog, shape.heads, "A_log");
    checkParameters(inputs.d, shape.heads, "D");
    return scan;
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
    const std::int64_t p = scan.shape.headdim;
    const std::int64_t numbers = 2 * n * scan.rowOfState() + 2 * n * (p + padding) + n * (n + padding);
    const std::int64_t sums = 13 * n + scanThreads / 32;
    // States, and then gradients in float32; gradients of states, and then raw tokens.
    const std::int64_t states = 2 * p * scan.rowOfState();
    const std::int64_t later = std::max(states, 4 * n * (p + 4)) + std::max(states, 2 * n * (p + padding));
    return static_cast<unsigned>(2 * numbers + 4 * sums + later);
}

/// Adds the two parts of the gradients at the ends of chunks.
/// @param edges [R, K - 1, 2, edgeLength, C]
void addChunkEdges(const Scan& scan, const at::Tensor& edges, const at::Tensor& gradProjected) {
    constexpr std::int64_t perThread = 8;
    const std::int64_t numbers = edges.numel() / 2;
    reportLaunch(bytesOf(edges) + 2 * static_cast<double>(numbers));
    if (scan.runs)
        launch(edges.device(), {"chunk_edges", "addChunkEdges"},
               {static_cast<unsigned>(divideUp(numbers, perThread * scanThreads))}, scanThreads, 0,
               floatData(edges), tokenData(gradProjected, scan.shape.inner()), gradProjected.size(-1),
               static_cast<int>(scan.rows), static_cast<int>(scan.length),
               static_cast<int>(scan.shape.convDim()), static_cast<int>(scan.shape.backward));
}

at::Tensor gradientsOfStates(const Scan& scan, const at::Tensor& gradY) {
    const CudaScanInputs& inputs = scan.inputs;
    at::Tensor gradients = at::empty(scan.statesSize(), inputs.bc.options());
    const std::int64_t blocks = scan.rows * scan.groups();
    if (scan.runs)
        launch(inputs.bc.device(), scan.kernel("scan_states", "scanStateGradients"),
               {static_cast<unsigned>(blocks)}, scanThreads, sharedBytesOfStates(scan), tokenData(inputs.bc),
               floatData(inputs.dt), floatData(inputs.aLog), tokenData(gradY), tokenData(gradients),
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

CudaScanOutput scanForward(const CudaScanInputs& inputs, const CudaScanShape& shape,
                           const CudaScanWanted& wanted) {
    const Scan scan = scanOf(inputs, shape);
    CudaScanOutput out;
    if (wanted.y)
        out.y = scan.tokens(shape.inner());
    if (wanted.gated) {
        out.gated = scan.tokens(shape.inner());
        out.squares = scan.numbers({scan.rows, scan.length, scan.groups()});
    }
    if (wanted.states && scan.chunks() > 1)
        out.states = at::empty(scan.statesSize(), inputs.bc.options());
    const std::int64_t groups = groupsPerBlock(scan);
    const std::int64_t blocksPerRow = divideUp(scan.groups(), groups);
    if (scan.runs) {
        const auto tokens = [](const at::Tensor& result) {
            return result.defined() ? tokenData(result) : nullptr;
        };
        launch(inputs.bc.device(), scan.kernel("scan_forward", "scanForward"),
               {static_cast<unsigned>(scan.rows * blocksPerRow)}, scanThreads, sharedBytesForward(scan),
               tokenData(inputs.projected, shape.inner()), inputs.projected.size(-1),
               floatData(inputs.convWeight), floatData(inputs.convBias), scan.taps(), tokenData(inputs.bc),
               floatData(inputs.dt), floatData(inputs.aLog), floatData(inputs.d), tokens(out.y),
               wanted.gated ? tokenData(inputs.projected) : nullptr, tokens(out.gated),
               wanted.gated ? floatData(out.squares) : nullptr, tokens(out.states),
               static_cast<int>(scan.length), static_cast<int>(shape.heads), static_cast<int>(groups),
               static_cast<int>(shape.backward));
    }
    const double chunks = static_cast<double>(scan.rows * scan.chunks());
    const double heads = static_cast<double>(scan.groups() * scan.headsAtOnce());
    const double states = 8 * scan.squaresOfN() * (1 - 1 / static_cast<double>(scan.chunks())); // read, add
    const double squares = static_cast<double>(blocksPerRow) * triangle * scan.squaresOfN() +
                           heads * scan.squaresOfP() * (triangle + states);
    double bytes = static_cast<double>(blocksPerRow) * scan.bytesOfTokens(2 * shape.state) +
                   scan.bytesToConvolve(shape.inner()) + scan.bytesOfSteps();
    for (const at::Tensor& written : {out.y, out.gated, out.squares, out.states})
        if (written.defined())
            bytes += bytesOf(written);
    if (wanted.gated)
        bytes += scan.bytesOfTokens(shape.inner()); // z
    reportKernelCost({.bf16Flops = flopsOfSquares * chunks * squares, .bytes = bytes, .calls = 1});
    return out;
}

CudaScanGradients scanBackward(const CudaScanInputs& inputs, const at::Tensor& states,
                               const at::Tensor& gradY, const at::Tensor& gradProjected,
                               const CudaScanShape& shape) {
    const Scan scan = scanOf(inputs, shape);
    const bool hasStates = scan.chunks() > 1;
    TORCH_CHECK(gradY.numel() == scan.rows * scan.length * shape.inner() && gradY.is_contiguous() &&
                    gradY.scalar_type() == at::kBFloat16,
                "the gradient of the scan has the shape ", gradY.sizes());
    TORCH_CHECK(!hasStates || (states.defined() && states.sizes() == at::IntArrayRef(scan.statesSize())),
                "the backward pass of the scan needs the states");
    checkTokens(gradProjected, "the gradient of projected");
    TORCH_CHECK(gradProjected.sizes() == inputs.projected.sizes(),
                "the gradient of projected has another shape");
    at::Tensor gradStates;
    at::Tensor edges;
    if (hasStates) {
        gradStates = gradientsOfStates(scan, gradY);
        edges = scan.numbers({scan.rows, scan.chunks() - 1, 2, edgeLength, shape.convDim()});
    }
    CudaScanGradients gradients;
    gradients.dt = scan.numbers(inputs.dt.sizes());
    const std::int64_t blocks = scan.rows * scan.chunks();
    const at::Tensor shares =
        scan.numbers({blocks, 2 * shape.heads + inputs.convBias.numel() + inputs.convWeight.numel()});
    if (scan.runs)
        launch(
            inputs.bc.device(), scan.kernel("scan_backward", "scanBackward"), {static_cast<unsigned>(blocks)},
            scanThreads, sharedBytesBackward(scan), tokenData(inputs.projected, shape.inner()),
            inputs.projected.size(-1), floatData(inputs.convWeight), floatData(inputs.convBias), scan.taps(),
            tokenData(inputs.bc), floatData(inputs.dt), floatData(inputs.aLog), floatData(inputs.d),
            hasStates ? tokenData(states) : nullptr, hasStates ? tokenData(gradStates) : nullptr,
            tokenData(gradY), tokenData(gradProjected, shape.inner()), hasStates ? floatData(edges) : nullptr,
            floatData(gradients.dt), floatData(shares), static_cast<int>(scan.length),
            static_cast<int>(shape.heads), static_cast<int>(shape.backward));
    const double heads = static_cast<double>(shape.heads);
    const double atStates = 12 * scan.squaresOfN() * (1 - 1 / static_cast<double>(scan.chunks()));
    const double squares =
        3 * triangle * scan.squaresOfN() + heads * scan.squaresOfP() * (2 * triangle + atStates);
    // Each position is written once; the last ones of a chunk in two parts, in float32.
    const double ofEdges = hasStates ? bytesOf(edges) : 0;
    const double written = scan.bytesOfTokens(shape.convDim()) - ofEdges / 4 + ofEdges;
    reportKernelCost({.bf16Flops = flopsOfSquares * static_cast<double>(blocks) * squares,
                      .bytes = scan.bytesToConvolve(shape.convDim()) + scan.bytesOfTokens(2 * shape.state) +
                               scan.bytesOfTokens(shape.inner()) + written + 2 * scan.bytesOfSteps() +
                               2 * scan.bytesOfStates() + bytesOf(shares),
                      .calls = 1});
    if (hasStates)
        addChunkEdges(scan, edges, gradProjected);
    const std::vector<at::Tensor> sums = sumShares(shares).split_with_sizes(
        {shape.heads, shape.heads, inputs.convBias.numel(), inputs.convWeight.numel()});
    gradients.aLog = sums[0];
    gradients.d = sums[1];
    gradients.convBias = sums[2];
    gradients.convWeight = sums[3].view(inputs.convWeight.sizes());
    return gradients;
}

} // namespace headroom
