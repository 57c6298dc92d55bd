// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace headroom {

/// The place of a process among the ranks of a run: processes that train the same run, each on a device of
/// its own.
struct RankPlace {
    int rank = 0;
    int ranks = 1;
    int localRank = 0;  ///< among the ranks of this machine
    int localRanks = 1; ///< ranks of this machine; 0 if the launcher does not give it
    std::string host = {};
    std::uint16_t port = 0; ///< of LibTorch's store, on `host`
    /// The store is the launcher's; if not, it is rank 0's.
    bool launcherHasStore = false;
    /// Number of the attempt, if the launcher restarts runs that failed: earlier ones leave values in its
    /// store.
    std::string attempt = "0";
    /// A rank that shows no sign of life for this long is lost.
    double timeoutSeconds = 30;

    /// Started again by the launcher after a failure.
    bool isRestarted() const { return attempt != "0"; }
    bool isAlone() const { return ranks == 1; }
    bool isFirst() const { return rank == 0; }
    bool isOnOneMachine() const { return localRanks == ranks; }
};

/// Reads a variable of the environment; nothing if it is not set.
using Environment = std::function<std::optional<std::string>(const char* name)>;

/// The environment of this process.
Environment processEnvironment();

/// The place that a launcher gave to this process: torchrun's variables, or those of SLURM with MASTER_ADDR
/// and MASTER_PORT; without a launcher, the only rank. Throws Error (Input) if a variable is missing or makes
/// no sense, and for mpirun, which sets none of these.
RankPlace rankPlace(const Environment& environment);

} // namespace headroom
