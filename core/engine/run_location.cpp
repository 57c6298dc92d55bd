// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/run_location.h"

#include "core/train/run_folder.h"

namespace headroom {

RunConfig runConfig(const std::string& runFolder) {
    return readRunConfig(RunPaths{runFolder});
}

} // namespace headroom
