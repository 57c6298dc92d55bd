// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/ema.h"

#include "core/kernels/cuda/many_tensors.h"
#include "core/model/parameters.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

namespace headroom {

Ema::Ema(ParameterSet& parameters, double decay) : parameters_(parameters), decay_(decay) {
    const at::NoGradGuard guard;
    for (const auto& entry : parameters.entries())
        averages_.push_back(entry.value.clone());
}

void Ema::update(const at::Tensor& nonFinite, ScanForm form) {
    const at::NoGradGuard guard;
    if (form == ScanForm::CudaKernels && fitTable(averages_)) {
        averageTensors(TensorTable({averages_, parameters_.tensors()}), nonFinite, 1 - decay_);
        return;
    }
    const at::Tensor weight = (1 - nonFinite).to(averages_.front().scalar_type()).mul_(1 - decay_);
    for (std::size_t i = 0; i < averages_.size(); ++i)
        averages_[i].lerp_(parameters_.entries()[i].value, weight);
}

TensorMap Ema::state() const {
    TensorMap state;
    for (std::size_t i = 0; i < averages_.size(); ++i)
        state[parameters_.entries()[i].name] = averages_[i];
    return state;
}

void Ema::swap() {
    for (std::size_t i = 0; i < averages_.size(); ++i) {
        const at::Tensor& parameter = parameters_.entries()[i].value;
        const at::Tensor own = parameter.variable_data();
        parameter.set_data(averages_[i]);
        averages_[i] = own;
    }
}

} // namespace headroom
