// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"

#include <optional>
#include <string>

namespace headroom {

/// How much of an epoch's time the steps waited for their batches. One thread.
class DataWait {
public:
    /// Adds a step.
    /// @param waited seconds until its batch was there
    /// @param whole seconds since the end of the previous step
    void add(double waited, double whole);

    /// At the end of an epoch: what to do if a fifth or more of its time was spent waiting. Nothing for
    /// epochs under 30 s, whose first batches take a large part. Begins the next epoch.
    std::optional<std::string> finishEpoch(int epoch, const TrainingConfig& training);

private:
    double waited_ = 0;
    double whole_ = 0;
};

} // namespace headroom
