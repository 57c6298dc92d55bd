// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/train/train_step.h"

#include <ATen/core/Tensor.h>

namespace headroom {

/// The numbers that a step reports. They are collected in one tensor on the device, so that every step
/// allocates the same, with or without an update, and reading them is its only synchronization. One thread.
class StepResults {
public:
    explicit StepResults(at::Device device);

    void setLoss(const at::Tensor& loss);
    void setUpdate(const TrainStep::Update& update);

    struct Values {
        double loss = 0;
        double gradNorm = 0;  ///< of the last update, like `skipped`
        bool skipped = false; ///< the update was skipped because a number was not finite
        double groupLoss = 0; ///< of the last update, of all ranks; 0 for a single rank
    };
    /// Waits for the device.
    Values read() const;

private:
    at::Tensor numbers_;
};

} // namespace headroom
