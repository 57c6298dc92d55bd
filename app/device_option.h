// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace headroom::app {

/// Help text of --device; computeDevice() resolves the value.
inline constexpr const char* deviceOptionHelp =
    "auto, cpu, cuda, or one card, such as cuda:1; auto uses a card if there is one, else the CPU";

} // namespace headroom::app
