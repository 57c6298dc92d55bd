// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"

#include <cstdint>

namespace headroom::test {

/// Size of the models that drawStepConfig() draws.
enum class StepSize {
    Small, ///< a step takes a second or so on a CPU
    Large, ///< up to the size of the paper's model
};

/// A random valid configuration that varies the options on which the memory of a training step depends.
RunConfig drawStepConfig(std::uint64_t seed, StepSize size);
/// The same for a RoFormer.
RunConfig drawRoformerConfig(std::uint64_t seed, StepSize size);
/// The same for a model of any kind with frozen parameters, adapters, or both.
RunConfig drawFineTuningConfig(std::uint64_t seed, StepSize size);

} // namespace headroom::test
