#include "core/shadow/shadow_device.h"

#include "core/shadow/library_workspaces.h"
#include "core/shadow/shadow_allocator.h"

#include <ATen/SequenceNumber.h>
#include <ATen/core/grad_mode.h>
#include <c10/core/StorageImpl.h>

#include <algorithm>
#include <limits>

namespace headroom {

ShadowDevice::ShadowDevice(const Card& card)
    : card_(card), callback_(at::addThreadLocalCallback(
                       at::RecordFunctionCallback(&ShadowDevice::enter, &ShadowDevice::leave)
                           .needsInputs(true)
                           .scopes({at::RecordScope::FUNCTION, at::RecordScope::BACKWARD_FUNCTION,
                                    at::RecordScope::USER_SCOPE}))),
      slices_(*this) {
    setCurrentShadowDevice(this);
}

ShadowDevice::~ShadowDevice() {
    setCurrentShadowDevice(nullptr);
    at::removeCallback(callback_);
}

void ShadowDevice::beginPhase(const std::string& name, bool backward) {
    backward_ = backward;
    recorder_.setPhase(recorder_.name(name));
}

void ShadowDevice::assign(const at::Tensor& tensor, MemoryPart part) {
    const std::int32_t block = shadowBlock(tensor.storage().data_ptr());
    if (block >= 0)
        recorder_.assign(block, part);
}

// ------------------------------------------------------------ what LibTorch tells

std::unique_ptr<at::ObserverContext> ShadowDevice::enter(const at::RecordFunction& function) {
    ShadowDevice& device = *currentShadowDevice();
    switch (function.scope()) {
    case at::RecordScope::FUNCTION:
        return device.enterOperator(function);
    case at::RecordScope::USER_SCOPE: {
        const std::string& outer =
            device.recorder_.stream().names[static_cast<std::size_t>(device.recorder_.module())];
        const std::string path = outer.empty() ? function.name() : outer + "." + function.name();
        return device.enterModule(device.recorder_.name(path));
    }
    default:
        return device.enterModule(device.moduleOfNode(function.seqNr()));
    }
}

void ShadowDevice::leave(const at::RecordFunction& function, at::ObserverContext* context) {
    ShadowDevice& device = *currentShadowDevice();
    if (function.scope() != at::RecordScope::FUNCTION) {
        device.setModule(static_cast<const ModuleScope*>(context)->before);
        return;
    }
    if (context != nullptr)
        device.finish(*static_cast<const OperatorEffect*>(context));
    if (--device.depth_ == 0)
        device.recorder_.setOperation(0);
}

std::unique_ptr<at::ObserverContext> ShadowDevice::enterOperator(const at::RecordFunction& function) {
    const auto [place, isNew] = operators_.try_emplace(function.name());
    Operator& known = place->second;
    if (isNew) {
        const std::string_view name = function.name();
        known = {recorder_.name(name.substr(name.find("::") == name.npos ? 0 : name.find("::") + 2)),
                 effectRule(function.name())};
    }
    if (depth_++ == 0)
        recorder_.setOperation(known.name);
    if (known.rule == nullptr || paused_)
        return nullptr;
    auto effect = std::make_unique<OperatorEffect>();
    known.rule(*this, function.inputs(), *effect);
    begin(*effect);
    return effect;
}

std::unique_ptr<at::ObserverContext> ShadowDevice::enterModule(std::int32_t module) {
    auto scope = std::make_unique<ModuleScope>();
    scope->before = recorder_.module();
    setModule(module);
    return scope;
}

void ShadowDevice::setModule(std::int32_t module) {
    recorder_.setModule(module);
    const std::uint64_t next = at::sequence_number::peek();
    if (!nodes_.empty() && nodes_.back().first == next)
        nodes_.back().second = module;
    else
        nodes_.emplace_back(next, module);
}

/// The node that adds a gradient up has no number of its own: it belongs to the node before it.
std::int32_t ShadowDevice::moduleOfNode(std::int64_t sequenceNumber) const {
    const auto number = static_cast<std::uint64_t>(sequenceNumber);
    const auto after =
        std::upper_bound(nodes_.begin(), nodes_.end(), number,
                         [](std::uint64_t value, const auto& entry) { return value < entry.first; });
    if (number == std::numeric_limits<std::uint64_t>::max() || after == nodes_.begin())
        return recorder_.module();
    return std::prev(after)->second;
}

// ------------------------------------------------------------ effects

void ShadowDevice::begin(OperatorEffect& effect) {
    if (effect.flops > 0)
        (!backward_                   ? flops_.forward
         : at::GradMode::is_enabled() ? flops_.recompute
                                      : flops_.backward) += effect.flops;
    for (std::int64_t& bytes : effect.before)
        bytes = recorder_.allocate(bytes);
}

void ShadowDevice::finish(const OperatorEffect& effect) {
    if (effect.blas && !std::exchange(hasBlas_[backward_ ? 1 : 0], true))
        recorder_.allocateLasting(blasWorkspace(card_), MemoryPart::Workspaces);
    if (effect.blasLt && !std::exchange(hasBlasLt_[backward_ ? 1 : 0], true))
        recorder_.allocateLasting(blasLtWorkspace, MemoryPart::Workspaces);
    std::vector<std::int32_t> scratch;
    for (const std::int64_t bytes : effect.after)
        scratch.push_back(recorder_.allocate(bytes));
    for (auto block = scratch.rbegin(); block != scratch.rend(); ++block)
        recorder_.free(*block);
    for (const std::int64_t block : effect.before)
        recorder_.free(static_cast<std::int32_t>(block));
}

// ------------------------------------------------------------ slices

/// The first slice may make what lasts; the second is what all whole ones after it do again.
void ShadowDevice::run(std::int64_t total, std::int64_t size, const SliceBody& body) {
    const std::int64_t whole = total / size;
    if (whole > 0)
        body(0, size);
    if (whole > 1) {
        const std::int64_t begin = recorder_.position();
        const FlopCount before = flops_;
        body(size, 2 * size);
        recorder_.repeat(begin, whole - 2);
        const auto again = static_cast<double>(whole - 2);
        flops_.forward += again * (flops_.forward - before.forward);
        flops_.recompute += again * (flops_.recompute - before.recompute);
        flops_.backward += again * (flops_.backward - before.backward);
    }
    if (whole * size < total)
        body(whole * size, total);
}

} // namespace headroom
