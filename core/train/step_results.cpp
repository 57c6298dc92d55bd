// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/step_results.h"

#include <ATen/ATen.h>

namespace headroom {
namespace {

enum Number : std::int64_t { Loss, GradNorm, NonFinite, numbers };

} // namespace

StepResults::StepResults(at::Device device)
    : numbers_(at::zeros({numbers}, at::TensorOptions().device(device).dtype(at::kFloat))) {}

void StepResults::setLoss(const at::Tensor& loss) {
    numbers_[Loss].copy_(loss);
}

void StepResults::setUpdate(const TrainStep::Update& update) {
    numbers_[GradNorm].copy_(update.gradNorm);
    numbers_[NonFinite].copy_(update.nonFinite);
}

StepResults::Values StepResults::read() const {
    const at::Tensor read = numbers_.to(at::kCPU);
    const auto number = [&](Number which) { return static_cast<double>(read[which].item<float>()); };
    return {number(Loss), number(GradNorm), number(NonFinite) != 0};
}

} // namespace headroom
