// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/listening.h"

#include <string>
#include <vector>

namespace headroom {

/// The checkpoints of a run whose weights are readable, newest first; empty if there is no run.
std::vector<CheckpointInfo> checkpointsOfRun(const std::string& runFolder);

} // namespace headroom
