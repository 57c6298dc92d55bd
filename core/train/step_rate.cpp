// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/step_rate.h"

namespace headroom {
namespace {

constexpr double decay = 0.95;

} // namespace

void StepRate::add(int examples, double seconds) {
    weight_ = decay * weight_ + 1;
    examples_ = decay * examples_ + examples;
    seconds_ = decay * seconds_ + seconds;
}

double StepRate::examplesPerSecond() const {
    return seconds_ > 0 ? examples_ / seconds_ : 0;
}

double StepRate::etaSeconds(std::int64_t remainingSteps) const {
    return weight_ > 0 ? static_cast<double>(remainingSteps) * seconds_ / weight_ : 0;
}

} // namespace headroom
