#pragma once

#include "core/config/run_config.h"

#include <cstdint>

namespace headroom::test {

/// How large a model that is to be stepped may be.
enum class StepSize {
    Small, ///< a step takes a second or so on a CPU
    Large, ///< up to the paper's
};

/// A setting whose training step can be run, drawn from the knobs that decide on its memory.
RunConfig drawStepSetting(std::uint64_t seed, StepSize size);

/// HEADROOM_SEED where it is set; another number each time where it is not. Printed either way.
std::uint64_t chosenSeed();

} // namespace headroom::test
