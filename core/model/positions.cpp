// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/positions.h"

#include <ATen/ATen.h>

namespace headroom {
namespace {

constexpr double base = 10000;

at::Tensor steps(std::int64_t end, std::int64_t step) {
    return at::arange(0, end, step, at::kFloat);
}

} // namespace

// The order of operations is that of the published code, because other roundings of a frequency change the
// angles of late positions.

at::Tensor rotaryFrequencies(std::int64_t width) {
    return at::pow(base, steps(width, 2) / static_cast<double>(width)).reciprocal();
}

at::Tensor polarFrequencies(std::int64_t width) {
    return at::pow(base, steps(width, 1) / -static_cast<double>(width));
}

at::Tensor positionTable(const at::Tensor& frequencies, std::int64_t length, at::ScalarType type) {
    const at::Tensor positions = at::arange(length, frequencies.options().dtype(at::kDouble));
    const at::Tensor angles = positions.unsqueeze(1) * frequencies.to(at::kDouble);
    at::Tensor table = at::empty({length, frequencies.size(0), 2}, frequencies.options().dtype(type));
    table.select(-1, 0).copy_(at::cos(angles));
    table.select(-1, 1).copy_(at::sin(angles));
    return table;
}

} // namespace headroom
