// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/train/run_folder.h"

namespace headroom {

/// Checks that a run without checkpoints never had one, before it restarts at step 0. Throws Error (Input) if
/// the journal contains a saved checkpoint.
void requireNoLostCheckpoints(const RunPaths& paths);

} // namespace headroom
