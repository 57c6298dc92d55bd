// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/step_results.h"

#include <ATen/ATen.h>

namespace headroom {
namespace {

// Indices of the numbers.
constexpr std::int64_t lossIndex = 0;
constexpr std::int64_t gradNormIndex = 1;
constexpr std::int64_t nonFiniteIndex = 2;
constexpr std::int64_t groupLossIndex = 3;
constexpr std::int64_t numberCount = 4;

} // namespace

StepResults::StepResults(at::Device device)
    : numbers_(at::zeros({numberCount}, at::TensorOptions().device(device).dtype(at::kFloat))) {}

void StepResults::setLoss(const at::Tensor& loss) {
    numbers_[lossIndex].copy_(loss);
}

void StepResults::setUpdate(const TrainStep::Update& update) {
    numbers_[gradNormIndex].copy_(update.gradNorm);
    numbers_[nonFiniteIndex].copy_(update.nonFinite);
    if (update.loss.defined())
        numbers_[groupLossIndex].copy_(update.loss);
}

StepResults::Values StepResults::read() const {
    const at::Tensor read = numbers_.to(at::kCPU);
    const auto number = [&](std::int64_t index) { return static_cast<double>(read[index].item<float>()); };
    return {number(lossIndex), number(gradNormIndex), number(nonFiniteIndex) != 0, number(groupLossIndex)};
}

} // namespace headroom
