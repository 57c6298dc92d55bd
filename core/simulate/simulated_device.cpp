// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/simulate/simulated_device.h"

#include "core/model/recomputation.h"
#include "core/simulate/layer_copies.h"
#include "core/simulate/library_workspaces.h"
#include "core/simulate/simulated_allocator.h"

#include <ATen/SequenceNumber.h>
#include <c10/core/StorageImpl.h>

#include <algorithm>
#include <cstring>
#include <limits>

namespace headroom {
namespace {

using When = OperatorTraffic::When;

/// "mm" of "aten::mm", "Scan" of "torch::autograd::CppNode<headroom::(anonymous namespace)::Scan>".
std::string_view shortName(std::string_view name) {
    const auto colons = name.rfind("::");
    if (colons != std::string_view::npos)
        name.remove_prefix(colons + 2);
    if (name.ends_with('>'))
        name.remove_suffix(1);
    return name;
}

/// Autograd's engine records a function around each node, which is not an operator.
bool isOperator(const char* name) {
    constexpr std::string_view prefix = "aten::";
    return std::strncmp(name, prefix.data(), prefix.size()) == 0;
}

/// Type names as in the list of large tensors.
const char* typeName(at::ScalarType type) {
    switch (type) {
    case at::kFloat:
        return "fp32";
    case at::kBFloat16:
        return "bf16";
    case at::kComplexFloat:
        return "complex64";
    default:
        return c10::toString(type);
    }
}

} // namespace

SimulatedDevice::SimulatedDevice(const Card& card, bool deduplicate)
    : card_(card), deduplicate_(deduplicate),
      // Only operators need their arguments. Those of nodes would keep gradients alive longer.
      callbacks_{at::addThreadLocalCallback(at::RecordFunctionCallback(&enter, &leave)
                                                .needsInputs(true)
                                                .scopes({at::RecordScope::FUNCTION})),
                 at::addThreadLocalCallback(
                     at::RecordFunctionCallback(&enter, &leave)
                         .scopes({at::RecordScope::BACKWARD_FUNCTION, at::RecordScope::USER_SCOPE}))},
      sliceGuard_(*this), layerGuard_(*this), kernelGuard_(*this) {
    if (isCpu())
        metaIsCpu_.emplace();
    setCurrentSimulatedDevice(this);
}

SimulatedDevice::~SimulatedDevice() {
    setCurrentSimulatedDevice(nullptr);
    for (const at::CallbackHandle callback : callbacks_)
        at::removeCallback(callback);
}

void SimulatedDevice::beginPhase(const std::string& name, CostPart part) {
    part_ = part;
    recorder_.setPhase(recorder_.name(name));
}

void SimulatedDevice::assign(const at::Tensor& tensor, MemoryPart part) {
    const std::int32_t block = simulatedBlock(tensor.storage().data_ptr());
    if (block >= 0)
        recorder_.assign(block, part);
}

void SimulatedDevice::recordShape(const at::Tensor& tensor) {
    if (!tensor.has_storage())
        return;
    const std::int32_t block = simulatedBlock(tensor.storage().data_ptr());
    if (block >= 0 && !recorder_.hasShape(block))
        recorder_.setShape(block, tensor.sizes(), typeName(tensor.scalar_type()),
                           static_cast<std::int64_t>(tensor.nbytes()));
}

// ------------------------------------------------------------ callbacks of LibTorch

std::unique_ptr<at::ObserverContext> SimulatedDevice::enter(const at::RecordFunction& function) {
    SimulatedDevice& device = *currentSimulatedDevice();
    StreamRecorder& recorder = device.recorder_;
    if (!device.calls_.empty() && device.calls_.back().includesNested) {
        ++device.calls_.back().nestedCalls;
        return nullptr;
    }
    switch (function.scope()) {
    case at::RecordScope::FUNCTION:
        if (const Operator* called = device.calledOperator(function))
            return device.enterOperator(*called, function.inputs());
        device.enterScope(recorder.module(), device.caller_, true);
        break;
    case at::RecordScope::USER_SCOPE:
        device.enterScope(recorder.name(device.modulePath(function.name())), device.caller_, false);
        break;
    default:
        device.enterScope(device.moduleOfNode(function.seqNr()), recorder.name(shortName(function.name())),
                          false);
    }
    return nullptr;
}

void SimulatedDevice::leave(const at::RecordFunction&, at::ObserverContext* context) {
    SimulatedDevice& device = *currentSimulatedDevice();
    if (!device.calls_.empty() && device.calls_.back().nestedCalls > 0) {
        --device.calls_.back().nestedCalls;
        return;
    }
    // Scopes and operators are nested: the operators of the innermost scope end before the scope.
    if (device.depth_ == 0) {
        device.leaveScope();
        return;
    }
    if (context != nullptr)
        device.finish(*static_cast<const OperatorEffect*>(context));
    device.endCall();
    if (--device.depth_ == 0)
        device.recorder_.setOperation(device.caller_);
}

const SimulatedDevice::Operator* SimulatedDevice::calledOperator(const at::RecordFunction& function) {
    const char* name = function.name();
    const auto found = operators_.find(name);
    if (found != operators_.end())
        return &found->second;
    if (!isOperator(name))
        return nullptr;
    const KnownOperator& known = knownOperator(function);
    return &operators_.emplace(name, Operator{recorder_.name(known.name), &known}).first->second;
}

std::unique_ptr<at::ObserverContext>
SimulatedDevice::enterOperator(const Operator& called, c10::ArrayRef<const c10::IValue> arguments) {
    if (depth_++ == 0)
        recorder_.setOperation(called.name);
    beginCall(called.known->traffic, arguments);
    if (called.known->rule == nullptr || paused_)
        return nullptr;
    auto effect = std::make_unique<OperatorEffect>();
    called.known->rule(*this, arguments, *effect);
    return effect;
}

void SimulatedDevice::enterScope(std::int32_t module, std::int32_t caller, bool isEngine) {
    scopes_.push_back({.module = recorder_.module(),
                       .caller = std::exchange(caller_, caller),
                       .inEngine = std::exchange(inEngine_, isEngine),
                       .depth = std::exchange(depth_, 0)});
    setModule(module);
    recorder_.setOperation(caller);
}

void SimulatedDevice::leaveScope() {
    const Scope scope = scopes_.back();
    scopes_.pop_back();
    setModule(scope.module);
    caller_ = scope.caller;
    inEngine_ = scope.inEngine;
    depth_ = scope.depth;
    if (depth_ == 0)
        recorder_.setOperation(caller_);
}

std::string SimulatedDevice::modulePath(const std::string& submodule) const {
    const std::string& outer = recorder_.stream().names[static_cast<std::size_t>(recorder_.module())];
    return outer.empty() ? submodule : outer + "." + submodule;
}

void SimulatedDevice::setModule(std::int32_t module) {
    recorder_.setModule(module);
    const std::uint64_t next = at::sequence_number::peek();
    if (!nodes_.empty() && nodes_.back().first == next)
        nodes_.back().second = module;
    else
        nodes_.emplace_back(next, module);
}

/// AccumulateGrad nodes have no sequence number of their own; they belong to the module of the previous node.
std::int32_t SimulatedDevice::moduleOfNode(std::int64_t sequenceNumber) const {
    const auto number = static_cast<std::uint64_t>(sequenceNumber);
    const auto after =
        std::upper_bound(nodes_.begin(), nodes_.end(), number,
                         [](std::uint64_t value, const auto& entry) { return value < entry.first; });
    if (number == std::numeric_limits<std::uint64_t>::max() || after == nodes_.begin())
        return recorder_.module();
    return std::prev(after)->second;
}

// ------------------------------------------------------------ cost

Cost& SimulatedDevice::currentCost() {
    return cost_[isBackward() && Recomputation::isRunning() ? CostPart::Recompute : part_];
}

void SimulatedDevice::beginCall(const OperatorTraffic& traffic, c10::ArrayRef<const c10::IValue> arguments) {
    if (!calls_.empty())
        calls_.back().moves = When::Never;
    Call& call = calls_.emplace_back(
        Call{.allocatedBefore = allocatedBytes_, .includesNested = traffic.includesNested});
    if (paused_)
        return;
    call.moves = traffic.moves;
    for (const OperatorTraffic::Access& access : traffic.accesses) {
        forEachTensor(arguments[access.argument], [&](const at::Tensor& tensor) {
            recordShape(tensor);
            if (call.moves != When::Never)
                call.bytes += access.passes * storedBytes(tensor);
        });
    }
}

/// Memory that an operator allocates counts as written.
void SimulatedDevice::endCall() {
    const Call call = calls_.back();
    calls_.pop_back();
    if (paused_)
        return;
    Cost& cost = currentCost();
    ++cost.calls;
    const double allocated = allocatedBytes_ - call.allocatedBefore;
    if (call.moves == When::Always || (call.moves == When::IfAllocated && allocated > 0))
        cost.bytes += call.bytes + allocated;
}

void SimulatedDevice::addKernelCost(const Cost& cost) {
    currentCost() += cost;
}

// ------------------------------------------------------------ effects

void SimulatedDevice::finish(const OperatorEffect& effect) {
    if (effect.flops > 0)
        (effect.bf16 ? currentCost().bf16Flops : currentCost().flops) += effect.flops;
    const std::size_t thread = caller_ != 0 ? 1 : 0; // nodes of a backward pass run on autograd's thread
    if (effect.blas && !std::exchange(hasBlas_[thread], true))
        recorder_.allocatePersistent(blasWorkspace(card_), MemoryPart::Workspaces);
    if (effect.blasLt && !std::exchange(hasBlasLt_[thread], true))
        recorder_.allocatePersistent(blasLtWorkspace, MemoryPart::Workspaces);
    for (const std::vector<std::int64_t>& kernel : effect.scratch) {
        std::vector<std::int32_t> blocks;
        blocks.reserve(kernel.size());
        for (const std::int64_t bytes : kernel)
            blocks.push_back(recorder_.allocate(bytes));
        for (auto block = blocks.rbegin(); block != blocks.rend(); ++block)
            recorder_.free(*block);
    }
}

// ------------------------------------------------------------ repetition

void SimulatedDevice::repeat(std::int64_t times, const std::function<void()>& body) {
    if (!deduplicate_) {
        for (std::int64_t i = 0; i < times; ++i)
            body();
        return;
    }
    const std::int64_t begin = recorder_.position();
    const CostCounter before = cost_;
    body();
    recordRepeats(begin, before, times - 1);
}

void SimulatedDevice::recordRepeats(std::int64_t begin, const CostCounter& before, std::int64_t repeats) {
    recorder_.repeat(begin, repeats);
    cost_.addRepeats(before, repeats);
}

/// If the first slice leaves memory allocated, the second one represents all further full slices.
void SimulatedDevice::run(std::int64_t total, std::int64_t size, const SliceBody& body) {
    const std::int64_t fullSlices = total / size;
    std::int64_t next = 0;
    const std::function<void()> slice = [&] {
        body(next, next + size);
        next += size;
    };
    const std::int64_t begin = recorder_.position();
    const CostCounter before = cost_;
    if (fullSlices > 0)
        slice();
    if (fullSlices > 1 && deduplicate_ && recorder_.isBalanced(begin))
        recordRepeats(begin, before, fullSlices - 1);
    else if (fullSlices > 1)
        repeat(fullSlices - 1, slice);
    if (fullSlices * size < total)
        body(fullSlices * size, total);
}

at::Tensor SimulatedDevice::run(const LayerSequence& layers, at::Tensor input) {
    constexpr std::int64_t minimumLayers = 3;
    if (deduplicate_ && layers.end - layers.first >= minimumLayers)
        return LayerCopies::run(*this, layers, std::move(input));
    for (std::int64_t layer = layers.first; layer < layers.end; ++layer)
        input = layers.run(layer, input);
    return input;
}

} // namespace headroom
