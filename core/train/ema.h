// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/model/scan_form.h"
#include "core/weights/safetensors.h"

#include <ATen/core/Tensor.h>

#include <vector>

namespace headroom {

class ParameterSet;

/// Exponential moving average of the parameters of a model, initialized with a copy. One thread at a time.
class Ema {
public:
    Ema(ParameterSet& parameters, double decay);

    /// average = decay * average + (1 - decay) * parameter.
    /// @param nonFinite 0-dim float32; if 1 instead of 0, the average stays the same bit for bit
    /// @param form CudaKernels: by one kernel for all parameters if they are float32
    void update(const at::Tensor& nonFinite, ScanForm form = ScanForm::Operators);

    /// The averages (not copies), by parameter name.
    TensorMap state() const;

    /// Swaps averages and parameters without copying. A second call swaps them back.
    void swap();

private:
    ParameterSet& parameters_;
    double decay_;
    std::vector<at::Tensor> averages_;
};

} // namespace headroom
