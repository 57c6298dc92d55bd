// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
/// oracle_offload CASE: offloads inputs, or copies in a second stream without an order, on CUDA. Prints the
/// number of copies in other streams than the default one. fake_order.cpp ends it if accesses are not
/// ordered.
#include "core/model/band_split_model.h"
#include "core/model/layer.h"
#include "core/model/sliced_function.h"
#include "tests/core/model/small_models.h"
#include "tests/oracle/access_observer.h"

#include <ATen/ATen.h>
#include <c10/core/StreamGuard.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>

using namespace headroom;

namespace {

const c10::Device card(c10::kCUDA, 0);

at::Tensor tokensOnCard() {
    return at::ones({6, 2, 5, 4}, at::TensorOptions(at::kFloat).device(card)).set_requires_grad(true);
}

/// Throws in this slice, by its first row.
struct Fault {
    Use use;
    std::int64_t begin;
};

SlicedFunction products(const at::Tensor& tokens, SlicedFunction::RowsOf rowsOf, std::int64_t rows,
                        std::int64_t dimension, std::optional<Fault> fault) {
    const at::Tensor weight = at::ones({4}, tokens.options().requires_grad(true));
    return {.rows = rows,
            .inputRows = rowsOf,
            .outputRows = rowsOf,
            .outputSizes = tokens.sizes().vec(),
            .outputType = tokens.scalar_type(),
            .weights = [weight] { return std::vector{weight * 2}; },
            .compute =
                [fault](const at::Tensor& slice, const auto& weights, SliceCall call) {
                    if (fault && fault->use == call.use && call.begin >= fault->begin)
                        throw std::runtime_error("planned");
                    return slice * weights[0];
                },
            .parameters = {weight},
            .offloadInput = true,
            .inputRowDimension = dimension};
}

/// Along time and along bands: slices that are contiguous, and that are not.
void offloadBoth(std::int64_t slices, std::optional<Fault> fault = {}) {
    for (const bool alongTime : {true, false}) {
        try {
            at::Tensor tokens = tokensOnCard() * 1; // freed after the call if it throws
            const SlicedFunction function = alongTime ? products(tokens, bandRows, 12, 0, fault)
                                                      : products(tokens, frameRows, 10, 1, fault);
            evaluate(function, tokens, slices).sum().backward();
        } catch (const std::runtime_error& error) {
            if (!fault || std::string(error.what()).find("planned") == std::string::npos)
                throw;
        }
        at::ones({6, 2, 5, 4}, tokensOnCard().options()).mul_(2); // in the memory that was freed
    }
}

void offloadInModels() {
    for (const auto& [name, shape] : test::smallShapes()) {
        BandSplitModel model(shape, card, at::kFloat, 1);
        model.setKernels(Kernels::Operators);
        model.setRecompute({.layers = 99, .slices = 4, .offload = true});
        model.forward(test::smallMixture(at::kFloat).to(card)).sum().backward();
    }
}

c10::Stream otherStream() {
    return c10::impl::VirtualGuardImpl(c10::kCUDA).getStreamFromGlobalPool(card);
}

at::Tensor onHost(const at::Tensor& tensor) {
    return at::empty(tensor.sizes(), tensor.options().device(at::kCPU).pinned_memory(true));
}

void copyBeforeItIsComputed() {
    const at::Tensor tensor = at::ones({4}, card);
    const at::Tensor host = onHost(tensor);
    const c10::StreamGuard guard(otherStream());
    host.copy_(tensor, true);
}

void copyIntoNewMemory() {
    at::ones({4}, card).mul_(2); // in the same memory
    const at::Tensor tensor = at::empty({4}, card);
    const at::Tensor host = onHost(tensor);
    const c10::StreamGuard guard(otherStream());
    tensor.copy_(host, true);
}

/// A copy from the card that waited for the computation.
void copyOut(const at::Tensor& tensor, const at::Tensor& host) {
    const c10::Stream stream = otherStream();
    c10::Event ready(c10::kCUDA);
    ready.record(c10::impl::VirtualGuardImpl(c10::kCUDA).getStream(card));
    ready.block(stream);
    const c10::StreamGuard guard(stream);
    host.copy_(tensor, true);
}

void freeDuringACopy() {
    at::Tensor tensor = at::ones({4}, card);
    copyOut(tensor, onHost(tensor));
    tensor.reset();
}

void changeDuringACopy() {
    const at::Tensor tensor = at::ones({4}, card);
    copyOut(tensor, onHost(tensor));
    tensor.mul_(2);
}

} // namespace

int main(int, char** argv) {
    const std::map<std::string, std::function<void()>> cases = {
        {"slices",
         [] {
             for (const std::int64_t slices : {1, 2, 3, 4, 99})
                 offloadBoth(slices);
         }},
        {"models", offloadInModels},
        {"throwing",
         [] {
             for (const std::int64_t begin : {0, 3, 6})
                 for (const Use use : {Use::Values, Use::GradientsOnly})
                     offloadBoth(4, Fault{use, begin});
         }},
        {"copy before it is computed", copyBeforeItIsComputed},
        {"copy into new memory", copyIntoNewMemory},
        {"free during a copy", freeDuringACopy},
        {"change during a copy", changeDuringACopy},
    };
    at::ones({1}, card); // loads LibTorch's part for cards
    const test::AccessObserver observer;
    cases.at(argv[1])();
    fmt::print("{} copies beside the computation\n", observer.sideCopies());
    std::fflush(stdout);
    std::_Exit(0); // CUDA's exit handlers need a device
}
