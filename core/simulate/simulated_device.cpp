#include "core/simulate/simulated_device.h"

#include "core/simulate/layer_copies.h"
#include "core/simulate/library_workspaces.h"
#include "core/simulate/simulated_allocator.h"

#include <ATen/SequenceNumber.h>
#include <ATen/core/grad_mode.h>
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

/// The engine of the backward pass names a function around each node, which is no operator.
bool isOperator(const char* name) {
    constexpr std::string_view prefix = "aten::";
    return std::strncmp(name, prefix.data(), prefix.size()) == 0;
}

/// As shapes are written beside modules.
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
      // Only operators are asked for their arguments: a node's gradients would be held a moment longer.
      callbacks_{at::addThreadLocalCallback(at::RecordFunctionCallback(&enter, &leave)
                                                .needsInputs(true)
                                                .scopes({at::RecordScope::FUNCTION})),
                 at::addThreadLocalCallback(
                     at::RecordFunctionCallback(&enter, &leave)
                         .scopes({at::RecordScope::BACKWARD_FUNCTION, at::RecordScope::USER_SCOPE}))},
      slices_(*this), layers_(*this), kernels_(*this) {
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

void SimulatedDevice::describe(const at::Tensor& tensor) {
    if (!tensor.has_storage())
        return;
    const std::int32_t block = simulatedBlock(tensor.storage().data_ptr());
    if (block >= 0 && !recorder_.isDescribed(block))
        recorder_.describe(block, tensor.sizes(), typeName(tensor.scalar_type()),
                           static_cast<std::int64_t>(tensor.nbytes()));
}

// ------------------------------------------------------------ what LibTorch tells

std::unique_ptr<at::ObserverContext> SimulatedDevice::enter(const at::RecordFunction& function) {
    SimulatedDevice& device = *currentSimulatedDevice();
    StreamRecorder& recorder = device.recorder_;
    if (!device.calls_.empty() && device.calls_.back().whole) {
        ++device.calls_.back().within;
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
    if (!device.calls_.empty() && device.calls_.back().within > 0) {
        --device.calls_.back().within;
        return;
    }
    // What began last ends first: an operator where the innermost scope has any.
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

std::string SimulatedDevice::modulePath(const std::string& part) const {
    const std::string& outer = recorder_.stream().names[static_cast<std::size_t>(recorder_.module())];
    return outer.empty() ? part : outer + "." + part;
}

void SimulatedDevice::setModule(std::int32_t module) {
    recorder_.setModule(module);
    const std::uint64_t next = at::sequence_number::peek();
    if (!nodes_.empty() && nodes_.back().first == next)
        nodes_.back().second = module;
    else
        nodes_.emplace_back(next, module);
}

/// The node that adds a gradient up has no number of its own: it belongs to the node before it.
std::int32_t SimulatedDevice::moduleOfNode(std::int64_t sequenceNumber) const {
    const auto number = static_cast<std::uint64_t>(sequenceNumber);
    const auto after =
        std::upper_bound(nodes_.begin(), nodes_.end(), number,
                         [](std::uint64_t value, const auto& entry) { return value < entry.first; });
    if (number == std::numeric_limits<std::uint64_t>::max() || after == nodes_.begin())
        return recorder_.module();
    return std::prev(after)->second;
}

// ------------------------------------------------------------ work

/// A node that runs operators for autograd to follow runs a forward pass once more.
Cost& SimulatedDevice::workHere() {
    const bool again = isBackward() && caller_ != 0 && at::GradMode::is_enabled();
    return work_[again ? CostPart::Recompute : part_];
}

void SimulatedDevice::beginCall(const OperatorTraffic& traffic, c10::ArrayRef<const c10::IValue> arguments) {
    if (!calls_.empty())
        calls_.back().moves = When::Never;
    Call& call = calls_.emplace_back(Call{.allocatedBefore = allocatedBytes_, .whole = traffic.whole});
    if (paused_)
        return;
    call.moves = traffic.moves;
    for (const OperatorTraffic::Passing& passing : traffic.passing) {
        eachTensor(arguments[passing.argument], [&](const at::Tensor& tensor) {
            describe(tensor);
            if (call.moves != When::Never)
                call.bytes += passing.times * bytesBehind(tensor);
        });
    }
}

/// What it allocates it writes.
void SimulatedDevice::endCall() {
    const Call call = calls_.back();
    calls_.pop_back();
    if (paused_)
        return;
    Cost& work = workHere();
    ++work.calls;
    const double allocated = allocatedBytes_ - call.allocatedBefore;
    if (call.moves == When::Always || (call.moves == When::WhereAllocated && allocated > 0))
        work.bytes += call.bytes + allocated;
}

void SimulatedDevice::kernelRuns(const Cost& work) {
    workHere() += work;
}

// ------------------------------------------------------------ effects

void SimulatedDevice::finish(const OperatorEffect& effect) {
    if (effect.flops > 0)
        (effect.half ? workHere().bf16Flops : workHere().flops) += effect.flops;
    if (effect.blas && !std::exchange(hasBlas_[isBackward() ? 1 : 0], true))
        recorder_.allocateLasting(blasWorkspace(card_), MemoryPart::Workspaces);
    if (effect.blasLt && !std::exchange(hasBlasLt_[isBackward() ? 1 : 0], true))
        recorder_.allocateLasting(blasLtWorkspace, MemoryPart::Workspaces);
    for (const std::vector<std::int64_t>& kernel : effect.scratch) {
        std::vector<std::int32_t> blocks;
        blocks.reserve(kernel.size());
        for (const std::int64_t bytes : kernel)
            blocks.push_back(recorder_.allocate(bytes));
        for (auto block = blocks.rbegin(); block != blocks.rend(); ++block)
            recorder_.free(*block);
    }
}

// ------------------------------------------------------------ what comes again

void SimulatedDevice::repeat(std::int64_t times, const std::function<void()>& body) {
    if (!deduplicate_) {
        for (std::int64_t i = 0; i < times; ++i)
            body();
        return;
    }
    const std::int64_t begin = recorder_.position();
    const CostCounter before = work_;
    body();
    recordRepeats(begin, before, times - 1);
}

void SimulatedDevice::recordRepeats(std::int64_t begin, const CostCounter& before, std::int64_t times) {
    recorder_.repeat(begin, times);
    work_.again(before, times);
}

/// Where the first slice makes something that lasts, the second is what all whole ones after it do again.
void SimulatedDevice::run(std::int64_t total, std::int64_t size, const SliceBody& body) {
    const std::int64_t whole = total / size;
    std::int64_t next = 0;
    const std::function<void()> slice = [&] {
        body(next, next + size);
        next += size;
    };
    const std::int64_t begin = recorder_.position();
    const CostCounter before = work_;
    if (whole > 0)
        slice();
    if (whole > 1 && deduplicate_ && recorder_.leavesNothing(begin))
        recordRepeats(begin, before, whole - 1);
    else if (whole > 1)
        repeat(whole - 1, slice);
    if (whole * size < total)
        body(whole * size, total);
}

at::Tensor SimulatedDevice::run(const LayerSequence& layers, at::Tensor input) {
    constexpr std::int64_t fewest = 3;
    if (deduplicate_ && layers.end - layers.first >= fewest)
        return LayerCopies::run(*this, layers, std::move(input));
    for (std::int64_t layer = layers.first; layer < layers.end; ++layer)
        input = layers.run(layer, input);
    return input;
}

} // namespace headroom
