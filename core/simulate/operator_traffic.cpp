// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/simulate/operator_traffic.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace headroom {
namespace {

/// Whether the operator only allocates.
bool onlyAllocates(std::string_view name) {
    return name.starts_with("aten::empty") || name.starts_with("aten::new_empty") || name == "aten::resize_";
}

/// Whether it overwrites its output argument without reading it.
bool overwrites(std::string_view name) {
    constexpr std::array names = {"aten::copy_", "aten::fill_", "aten::zero_", "aten::normal_",
                                  "aten::uniform_"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Whether it allocates and fills a tensor; a tensor argument gives only the shape.
bool isFilled(std::string_view name) {
    constexpr std::array names = {"aten::zeros",     "aten::zeros_like", "aten::ones",
                                  "aten::ones_like", "aten::full",       "aten::full_like"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Whether it allocates a copy of its arguments.
bool isCopied(std::string_view name) {
    return name == "aten::clone" || name == "aten::_to_copy" || name == "aten::stack";
}

/// Whether it computes itself, although it calls operators: for views of its arguments, and to allocate.
bool onlyPreparesByNested(std::string_view name) {
    return name == "aten::glu" || name == "aten::glu_backward";
}

bool holdsTensors(const c10::Type& type) {
    const auto parts = type.containedTypes();
    return type.kind() == c10::TypeKind::TensorType ||
           std::any_of(parts.begin(), parts.end(), [](const auto& part) { return holdsTensors(*part); });
}

bool isView(const c10::FunctionSchema& schema) {
    // _unsafe_view is a view without an alias annotation.
    return schema.name() == "aten::_unsafe_view" ||
           std::any_of(schema.returns().begin(), schema.returns().end(), [](const c10::Argument& result) {
               return result.alias_info() != nullptr && !result.alias_info()->isWrite();
           });
}

} // namespace

OperatorTraffic operatorTraffic(const c10::FunctionSchema& schema) {
    using When = OperatorTraffic::When;
    const std::string_view name = schema.name();
    const bool view = isView(schema);
    const bool filled = isFilled(name);
    OperatorTraffic traffic{.moves = onlyAllocates(name) ? When::Never
                                     : view              ? When::IfAllocated
                                                         : When::Always,
                            .includesNested = view || onlyAllocates(name) || filled || isCopied(name) ||
                                              onlyPreparesByNested(name)};
    for (std::size_t i = 0; i < schema.arguments().size(); ++i) {
        const c10::Argument& argument = schema.arguments()[i];
        if (!holdsTensors(*argument.type()))
            continue;
        const bool written = argument.alias_info() != nullptr && argument.alias_info()->isWrite();
        const bool alsoRead = written && !argument.is_out() && !overwrites(name);
        traffic.accesses.push_back({i, filled ? 0.0 : alsoRead ? 2.0 : 1.0});
    }
    return traffic;
}

double storedBytes(const at::Tensor& tensor) {
    double bytes = static_cast<double>(tensor.element_size());
    for (std::int64_t i = 0; i < tensor.dim(); ++i)
        bytes *= tensor.stride(i) == 0 ? 1 : static_cast<double>(tensor.size(i));
    return bytes;
}

} // namespace headroom
