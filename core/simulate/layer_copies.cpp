// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/simulate/layer_copies.h"

#include "core/simulate/simulated_allocator.h"
#include "core/simulate/simulated_device.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/custom_function.h>

#include <map>
#include <utility>

namespace headroom {
namespace {

std::int32_t blockOf(const at::Tensor& tensor) {
    return tensor.defined() ? simulatedBlock(tensor.storage().data_ptr()) : -1;
}

std::vector<std::int32_t> gradientBlocks(const std::vector<at::Tensor>& parameters) {
    std::vector<std::int32_t> blocks;
    blocks.reserve(parameters.size());
    for (const at::Tensor& parameter : parameters)
        blocks.push_back(blockOf(parameter.grad()));
    return blocks;
}

} // namespace

/// The node in the graph that replaces the layers that do not run.
struct CopiedLayers : torch::autograd::Function<CopiedLayers> {
    static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& firstOutput,
                              const c10::intrusive_ptr<LayerCopies>& copies) {
        context->saved_data["copies"] = c10::IValue::make_capsule(copies);
        return at::empty_like(firstOutput);
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                   const torch::autograd::variable_list& gradients) {
        const auto capsule = context->saved_data["copies"].toCapsule();
        return {static_cast<LayerCopies&>(*capsule).writeBackward(gradients[0]), at::Tensor()};
    }
};

LayerCopies::LayerCopies(SimulatedDevice& device, const LayerSequence& layers) : device_(device) {
    last_.parameters = layers.parameters(layers.end - 1);
    const std::string path = device.modulePath(layers.scope(layers.end - 1));
    for (std::int64_t layer = layers.first + 1; layer < layers.end - 1; ++layer) {
        copies_.emplace_back().parameters = layers.parameters(layer);
        copies_.back().substitution.path = {path, device.modulePath(layers.scope(layer))};
    }
}

at::Tensor LayerCopies::run(SimulatedDevice& device, const LayerSequence& layers, at::Tensor input) {
    const auto copies = c10::make_intrusive<LayerCopies>(device, layers);
    input = layers.run(layers.first, input);
    const at::Tensor firstOutput = input;
    const std::int64_t begin = device.recorder().position();
    input =
        at::GradMode::is_enabled() ? CopiedLayers::apply(firstOutput, copies) : at::empty_like(firstOutput);
    const std::int32_t placeholder = blockOf(input);
    const CostCounter before = device.cost();
    input = layers.run(layers.end - 1, input);
    device.recordShape(input);
    copies->writeForward(begin, firstOutput, placeholder, blockOf(input), before);
    if (input.requires_grad())
        input.register_hook([copies](const at::Tensor& gradient) { copies->beginBackward(gradient); });
    return input;
}

/// @param begin event that allocated `placeholder`, the output of the skipped layers; the events of the last
///              layer follow it
void LayerCopies::writeForward(std::int64_t begin, const at::Tensor& firstOutput, std::int32_t placeholder,
                               std::int32_t lastOutput, const CostCounter& before) {
    StreamRecorder& recorder = device_.recorder();
    const StreamRecorder::Section layer = recorder.cut(begin + 1);
    recorder.cut(begin);
    std::int32_t input = blockOf(firstOutput);
    for (Copy& copy : copies_) {
        copy.substitution.blocks[placeholder] = input;
        if (&copy == &copies_.back())
            copy.substitution.blocks[lastOutput] = placeholder;
        recorder.pasteCopy(layer, copy.substitution);
        input = copy.substitution.blocks.at(lastOutput);
    }
    recorder.paste(layer);
    releaseBlock(firstOutput);
    device_.addRepeats(before, static_cast<std::int64_t>(copies_.size()));
}

void LayerCopies::beginBackward(const at::Tensor& gradient) {
    backwardBegin_ = device_.recorder().position();
    backwardBefore_ = device_.cost();
    gradientBlock_ = blockOf(gradient);
    last_.gradients = gradientBlocks(last_.parameters);
    for (Copy& copy : copies_)
        copy.gradients = gradientBlocks(copy.parameters);
}

at::Tensor LayerCopies::writeBackward(const at::Tensor& gradient) {
    StreamRecorder& recorder = device_.recorder();
    const StreamRecorder::Section layer = recorder.copy(backwardBegin_);
    device_.recordShape(gradient);
    const std::int32_t result = blockOf(gradient);
    std::int32_t above = result;
    for (auto copy = copies_.rbegin(); copy != copies_.rend(); ++copy) {
        auto& blocks = copy->substitution.blocks;
        blocks[gradientBlock_] = above;
        for (std::size_t i = 0; i < last_.gradients.size(); ++i) {
            if (last_.gradients[i] >= 0)
                blocks[last_.gradients[i]] = copy->gradients[i];
        }
        recorder.pasteCopy(layer, copy->substitution);
        above = blocks.at(result);
        setGradients(*copy);
    }
    device_.addRepeats(backwardBefore_, static_cast<std::int64_t>(copies_.size()));
    if (above == result)
        return gradient;
    releaseBlock(gradient);
    return tensorOfBlock(above, gradient);
}

/// Gives the parameters of a copy new gradients if those of the last layer got new ones. Gradients may share
/// memory.
void LayerCopies::setGradients(Copy& copy) {
    std::map<std::int32_t, at::Tensor> gradients;
    for (std::size_t i = 0; i < copy.parameters.size(); ++i) {
        const at::Tensor& like = last_.parameters[i].grad();
        const std::int32_t block = blockOf(like);
        if (block == last_.gradients[i])
            continue;
        at::Tensor& gradient = copy.parameters[i].mutable_grad();
        if (gradient.defined())
            releaseBlock(gradient);
        const auto [entry, isNew] = gradients.try_emplace(block);
        if (isNew)
            entry->second = tensorOfBlock(copy.substitution.blocks.at(block), like);
        gradient = isNew ? entry->second
                         : entry->second.as_strided(like.sizes(), like.strides(), like.storage_offset());
    }
}

} // namespace headroom
