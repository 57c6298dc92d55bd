#include "core/shadow/operator_effect.h"

#include "core/shadow/shadow_device.h"

#include <ATen/core/Tensor.h>

#include <string_view>
#include <unordered_map>

namespace headroom {
namespace {

double elements(const c10::IValue& value) {
    return static_cast<double>(value.toTensor().numel());
}

double columns(const c10::IValue& value) {
    return static_cast<double>(value.toTensor().size(-1));
}

/// The product of arguments `first` and the one behind it.
template <std::size_t First, bool Bias>
void product(const ShadowDevice& device, c10::ArrayRef<const c10::IValue> arguments, OperatorEffect& effect) {
    effect.flops = 2 * elements(arguments[First]) * columns(arguments[First + 1]);
    effect.blas = !device.isCpu();
    effect.blasLt = Bias && !device.isCpu();
}

} // namespace

EffectRule effectRule(const char* name) {
    static const std::unordered_map<std::string_view, EffectRule> rules = {
        {"aten::mm", product<0, false>},
        {"aten::bmm", product<0, false>},
        {"aten::baddbmm", product<1, false>},
        {"aten::addmm", product<1, false>},
    };
    const auto found = rules.find(name);
    return found == rules.end() ? nullptr : found->second;
}

} // namespace headroom
