// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/error.h"
#include "core/values/forecast.h"
#include "core/values/snapshot_replay.h"

#include <cstdint>
#include <functional>
#include <string>
#include <variant>

namespace headroom {

struct SnapshotReplayed {
    std::uint64_t number = 0;
    SnapshotReplay replay = {};
};

struct SnapshotWritten {
    std::uint64_t number = 0;
    SnapshotFileInfo file = {};
};

/// The file cannot be read or written, or does not say what is asked.
struct SnapshotFailed {
    std::uint64_t number = 0;
    Error error;
};

using SnapshotAnswer = std::variant<SnapshotReplayed, SnapshotWritten, SnapshotFailed>;

/// Reads and writes memory snapshots of PyTorch. Thread-safe; calls return immediately. Each is answered
/// once, on the worker thread, with its number. The destructor joins; no answer arrives after it.
class SnapshotService {
public:
    virtual ~SnapshotService() = default;

    /// Replays the recording of any program on a card.
    virtual void replay(std::uint64_t number, const SnapshotReplayRequest& request,
                        std::function<void(const SnapshotAnswer&)> answer) = 0;

    /// Writes the forecast of the start and the steps of a run.
    virtual void write(std::uint64_t number, const ForecastRequest& request, const std::string& path,
                       std::function<void(const SnapshotAnswer&)> answer) = 0;
};

} // namespace headroom
