// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/transfer.h"

#include "core/kernels/cuda/kernel_tensors.h"
#include "core/kernels/cuda/launcher.h"
#include "core/support/rounding.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>

#include <vector>

namespace headroom {
namespace {

struct ChunkSizes {
    std::int64_t chunks; ///< of all rows
    int heads;
    int positions; ///< of a chunk
    int backward;

    explicit ChunkSizes(const TransferInputs& inputs)
        : chunks(inputs.scores.size(0)), heads(static_cast<int>(inputs.positions.size(2))),
          positions(static_cast<int>(inputs.positions.size(3))), backward(inputs.backward ? 1 : 0) {
        constexpr int multiple = 8;
        constexpr int longest = 128;
        checkNumbers(inputs.scores, "the scores of a scan");
        checkParameters(inputs.positions, chunks * heads * positions, "the positions of a scan");
        checkParameters(inputs.steps, inputs.positions.numel(), "the time steps of a scan");
        TORCH_CHECK(positions % multiple == 0 && positions <= longest &&
                        inputs.scores.numel() == chunks * positions * positions,
                    "there are no kernels for chunks of ", positions, " positions with scores of ",
                    inputs.scores.sizes());
    }
};

std::vector<std::int64_t> transferSizes(const TransferInputs& inputs) {
    std::vector<std::int64_t> sizes = inputs.positions.sizes().vec();
    sizes.push_back(sizes.back());
    return sizes;
}

} // namespace

at::Tensor transferForward(const TransferInputs& inputs) {
    const ChunkSizes sizes(inputs);
    const at::Tensor& scores = inputs.scores;
    at::Tensor m = at::empty(transferSizes(inputs), scores.options());
    reportLaunch(bytesOf(scores) + bytesOf(inputs.positions) + bytesOf(inputs.steps) + bytesOf(m));
    if (!m.is_meta()) {
        constexpr std::int64_t threads = 256;
        const auto vectors = scores.numel() * static_cast<std::int64_t>(scores.element_size()) / 16;
        launch(m.device(), kernelFor(m.scalar_type(), "transfer", "transferForward"),
               {static_cast<unsigned>(divideUp(vectors, threads))}, threads, 0, numberData(scores),
               floatData(inputs.positions), floatData(inputs.steps), numberData(m), sizes.chunks, sizes.heads,
               sizes.positions, sizes.backward);
    }
    return m;
}

TransferGradients transferBackward(const TransferInputs& inputs, const at::Tensor& m) {
    const ChunkSizes sizes(inputs);
    const at::Tensor& scores = inputs.scores;
    checkNumbers(m, "the gradient within chunks");
    TORCH_CHECK(m.sizes() == at::IntArrayRef(transferSizes(inputs)) &&
                    m.scalar_type() == scores.scalar_type(),
                "the gradient within chunks has the shape ", m.sizes());
    const TransferGradients gradients{at::empty_like(scores), at::empty_like(inputs.positions),
                                      at::empty_like(inputs.steps)};
    reportLaunch(2 * (bytesOf(scores) + bytesOf(inputs.positions) + bytesOf(inputs.steps) + bytesOf(m)));
    if (!m.is_meta()) {
        constexpr unsigned threads = 512;
        launch(m.device(), kernelFor(m.scalar_type(), "transfer", "transferBackward"),
               {static_cast<unsigned>(sizes.chunks)}, threads, 0, numberData(scores),
               floatData(inputs.positions), floatData(inputs.steps), numberData(m),
               numberData(gradients.scores), floatData(gradients.positions), floatData(gradients.steps),
               sizes.heads, sizes.positions, sizes.backward);
    }
    return gradients;
}

} // namespace headroom
