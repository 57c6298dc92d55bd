// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/parameters.h"

#include "core/support/error.h"

#include <ATen/core/grad_mode.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace headroom {

at::Tensor ParameterSet::add(std::string name, at::Tensor value) {
    TORCH_CHECK(!contains(name), "duplicate parameter ", name);
    value.set_requires_grad(true);
    index_.emplace(name, entries_.size());
    entries_.push_back({std::move(name), value});
    return value;
}

std::vector<at::Tensor> ParameterSet::tensors() const {
    std::vector<at::Tensor> tensors;
    tensors.reserve(entries_.size());
    for (const Entry& entry : entries_)
        tensors.push_back(entry.value);
    return tensors;
}

std::int64_t ParameterSet::elements() const {
    std::int64_t sum = 0;
    for (const Entry& entry : entries_)
        sum += entry.value.numel();
    return sum;
}

const at::Tensor& ParameterSet::at(const std::string& name) const {
    const auto found = index_.find(name);
    if (found == index_.end())
        throw Error(ErrorKind::Input, fmt::format("the model has no parameter '{}'", name));
    return entries_[found->second].value;
}

LoadReport ParameterSet::compare(const std::map<std::string, at::Tensor>& values) const {
    LoadReport report;
    for (const auto& [name, value] : values) {
        if (!contains(name))
            report.unexpected.push_back(name);
    }
    for (const Entry& entry : entries_) {
        const auto given = values.find(entry.name);
        if (given == values.end())
            report.missing.push_back(entry.name);
        else if (given->second.sizes() != entry.value.sizes())
            report.wrongShape.push_back(fmt::format("{}: [{}] given, [{}] needed", entry.name,
                                                    fmt::join(given->second.sizes(), ", "),
                                                    fmt::join(entry.value.sizes(), ", ")));
        else
            report.fitting.push_back(entry.name);
    }
    return report;
}

LoadReport ParameterSet::load(const std::map<std::string, at::Tensor>& values) {
    const at::NoGradGuard noGrad;
    LoadReport report = compare(values);
    for (const std::string& name : report.fitting) {
        at::Tensor parameter = at(name);
        parameter.copy_(values.at(name));
    }
    return report;
}

} // namespace headroom
