// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <stop_token>
#include <string>
#include <vector>

namespace headroom::app {

/// Starts this program once for each rank of a run on this machine, with the variables that torchrun sets,
/// and waits until all have ended. When `stop` is requested, asks them to stop; when a rank fails, the others
/// end by themselves, and those that do not are ended.
/// @param arguments of this program, without its name
/// @param timeoutSeconds of RankPlace
/// @return 0 if all ended well; 2 if a rank refused its input, 1 if one failed otherwise; 130 if they were
/// stopped
int launchRanks(int ranks, const std::vector<std::string>& arguments, double timeoutSeconds,
                const std::stop_token& stop);

/// The arguments without the option --ranks.
std::vector<std::string> withoutRanks(const std::vector<std::string>& arguments);

} // namespace headroom::app
