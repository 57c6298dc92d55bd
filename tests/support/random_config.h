#pragma once

#include "core/config/run_config.h"

#include <cstdint>

namespace headroom::test {

/// A configuration whose every knob is drawn from all that it allows by itself.
RunConfig randomConfig(std::uint64_t seed);

} // namespace headroom::test
