#include "core/shadow/operator_traffic.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace headroom {
namespace {

/// Whether the operator does no more than ask for memory.
bool onlyAllocates(std::string_view name) {
    return name.starts_with("aten::empty") || name.starts_with("aten::new_empty") || name == "aten::resize_";
}

/// Whether what it writes to is not read before.
bool overwrites(std::string_view name) {
    constexpr std::array names = {"aten::copy_", "aten::fill_", "aten::zero_", "aten::normal_",
                                  "aten::uniform_"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool isView(const c10::FunctionSchema& schema) {
    return std::any_of(schema.returns().begin(), schema.returns().end(), [](const c10::Argument& result) {
        return result.alias_info() != nullptr && !result.alias_info()->isWrite();
    });
}

} // namespace

OperatorTraffic operatorTraffic(const c10::FunctionSchema& schema) {
    OperatorTraffic traffic{.moves = !isView(schema) && !onlyAllocates(schema.name())};
    for (const c10::Argument& argument : schema.arguments()) {
        const bool written = argument.alias_info() != nullptr && argument.alias_info()->isWrite();
        const bool alsoRead = written && !argument.is_out() && !overwrites(schema.name());
        traffic.passes.push_back(alsoRead ? 2 : 1);
    }
    return traffic;
}

double bytesBehind(const at::Tensor& tensor) {
    double bytes = static_cast<double>(tensor.element_size());
    for (std::int64_t i = 0; i < tensor.dim(); ++i)
        bytes *= tensor.stride(i) == 0 ? 1 : static_cast<double>(tensor.size(i));
    return bytes;
}

} // namespace headroom
