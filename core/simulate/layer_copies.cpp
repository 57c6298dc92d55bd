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

/// Stands in the graph for the layers that are not run.
struct CopiedLayers : torch::autograd::Function<CopiedLayers> {
    static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& first,
                              const c10::intrusive_ptr<LayerCopies>& copies) {
        context->saved_data["copies"] = c10::IValue::make_capsule(copies);
        return at::empty_like(first);
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
        copies_.back().renaming.path = {path, device.modulePath(layers.scope(layer))};
    }
}

at::Tensor LayerCopies::run(SimulatedDevice& device, const LayerSequence& layers, at::Tensor input) {
    const auto copies = c10::make_intrusive<LayerCopies>(device, layers);
    input = layers.run(layers.first, input);
    const at::Tensor first = input;
    const std::int64_t begin = device.recorder().position();
    input = at::GradMode::is_enabled() ? CopiedLayers::apply(first, copies) : at::empty_like(first);
    const std::int32_t between = blockOf(input);
    const CostCounter before = device.work();
    input = layers.run(layers.end - 1, input);
    device.describe(input);
    copies->writeForward(begin, first, between, blockOf(input), before);
    if (input.requires_grad())
        input.register_hook([copies](const at::Tensor& gradient) { copies->beginBackward(gradient); });
    return input;
}

/// @param begin the event that made what stands for the copies' result, the block `between`; behind it is
///     the last layer
void LayerCopies::writeForward(std::int64_t begin, const at::Tensor& first, std::int32_t between,
                               std::int32_t last, const CostCounter& before) {
    StreamRecorder& recorder = device_.recorder();
    const StreamRecorder::Segment layer = recorder.cut(begin + 1);
    recorder.cut(begin);
    std::int32_t input = blockOf(first);
    for (Copy& copy : copies_) {
        copy.renaming.blocks[between] = input;
        if (&copy == &copies_.back())
            copy.renaming.blocks[last] = between;
        recorder.write(layer, copy.renaming);
        input = copy.renaming.blocks.at(last);
    }
    recorder.writeBack(layer);
    releaseBlock(first);
    device_.countAgain(before, static_cast<std::int64_t>(copies_.size()));
}

void LayerCopies::beginBackward(const at::Tensor& gradient) {
    backwardBegin_ = device_.recorder().position();
    backwardBefore_ = device_.work();
    gradientBlock_ = blockOf(gradient);
    last_.gradients = gradientBlocks(last_.parameters);
    for (Copy& copy : copies_)
        copy.gradients = gradientBlocks(copy.parameters);
}

at::Tensor LayerCopies::writeBackward(const at::Tensor& gradient) {
    StreamRecorder& recorder = device_.recorder();
    const StreamRecorder::Segment layer = recorder.copy(backwardBegin_);
    device_.describe(gradient);
    const std::int32_t result = blockOf(gradient);
    std::int32_t above = result;
    for (auto copy = copies_.rbegin(); copy != copies_.rend(); ++copy) {
        auto& blocks = copy->renaming.blocks;
        blocks[gradientBlock_] = above;
        for (std::size_t i = 0; i < last_.gradients.size(); ++i) {
            if (last_.gradients[i] >= 0)
                blocks[last_.gradients[i]] = copy->gradients[i];
        }
        recorder.write(layer, copy->renaming);
        above = blocks.at(result);
        takeGradients(*copy);
    }
    device_.countAgain(backwardBefore_, static_cast<std::int64_t>(copies_.size()));
    if (above == result)
        return gradient;
    releaseBlock(gradient);
    return tensorOfBlock(above, gradient);
}

/// Where the last layer's parameters have got gradients, those of the copy get theirs. Gradients may share
/// their memory.
void LayerCopies::takeGradients(Copy& copy) {
    std::map<std::int32_t, at::Tensor> made;
    for (std::size_t i = 0; i < copy.parameters.size(); ++i) {
        const at::Tensor& like = last_.parameters[i].grad();
        const std::int32_t block = blockOf(like);
        if (block == last_.gradients[i])
            continue;
        at::Tensor& gradient = copy.parameters[i].mutable_grad();
        if (gradient.defined())
            releaseBlock(gradient);
        const auto [place, isNew] = made.try_emplace(block);
        if (isNew)
            place->second = tensorOfBlock(copy.renaming.blocks.at(block), like);
        gradient = isNew ? place->second
                         : place->second.as_strided(like.sizes(), like.strides(), like.storage_offset());
    }
}

} // namespace headroom
