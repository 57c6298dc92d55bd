// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/session/run_paths.h" // newRunFolder()

#include <string>

namespace headroom {

/// The current configuration of a run. Throws Error (Input) if the folder does not contain a run.
RunConfig runConfig(const std::string& runFolder);

} // namespace headroom
