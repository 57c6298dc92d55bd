// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The kernels of the scan for HEADDIM and STATE, in a namespace of their own. Included once for each pair of
// sizes.
// clang-format off
#define HEADROOM_SCAN_NAME(headdim, state) scan_##headdim##_##state
#define HEADROOM_SCAN_NAMESPACE(headdim, state) HEADROOM_SCAN_NAME(headdim, state)

namespace HEADROOM_SCAN_NAMESPACE(HEADDIM, STATE) {

#include "core/kernels/cuda/scan_backward.cu"
#include "core/kernels/cuda/scan_forward.cu"
#include "core/kernels/cuda/scan_states.cu"

inline void add(headroom::test::EmulatedLauncher& launcher) {
    const std::vector<std::pair<std::string, std::int64_t>> macros = {{"HEADDIM", HEADDIM}, {"STATE", STATE}};
    launcher.add({"scan_forward", "scanForward", macros}, scanForward);
    launcher.add({"scan_states", "scanStateGradients", macros}, scanStateGradients);
    launcher.add({"scan_backward", "scanBackward", macros}, scanBackward);
}

}

#undef HEADROOM_SCAN_NAME
#undef HEADROOM_SCAN_NAMESPACE
#undef HEADDIM
#undef STATE
// clang-format on
