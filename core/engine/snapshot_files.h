// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"
#include "core/values/snapshot_replay.h"

#include <string>

namespace headroom {

/// Writes the history of the start of a run and of the steps of an epoch on a card, as PyTorch's memory
/// snapshots. On the calling thread. Throws Error (Input) for the CPU, which such files do not describe, and
/// for an invalid configuration.
SnapshotFileInfo writeForecastSnapshot(const ForecastRequest& request, const std::string& path);

/// Replays a recording on the model of PyTorch's allocator. On the calling thread. Throws Error (Input) as
/// readSnapshot(), for the CPU and for a device without a trace.
SnapshotReplay replaySnapshot(const SnapshotReplayRequest& request);

} // namespace headroom
