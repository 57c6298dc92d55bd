// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace headroom::app {

/// Help text of --device; computeDevice() resolves the value.
inline constexpr const char* deviceOptionHelp =
    "auto, cpu, cuda, or one card, such as cuda:1; auto uses a card if there is one, else the CPU. Cards "
    "need "
    "compute capability 7.5 or higher (GTX 16, RTX 20 and newer) and the NVIDIA driver 580 or newer";

} // namespace headroom::app
