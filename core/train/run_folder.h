// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/config_difference.h"
#include "core/config/run_config.h"
#include "core/session/run_paths.h"
#include "core/train/run_lock.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace headroom {

/// Reads the latest configuration of a run: config.yaml, or if that is missing the one of the newest
/// checkpoint. Throws Error, of kind Input if the folder has no run.
RunConfig readRunConfig(const RunPaths& paths);

/// A run folder, locked for writing while this object exists. The path of the folder may contain symbolic
/// links, but files in it may not be links, because folders may come from other people. One thread.
class RunFolder {
public:
    /// Creates the folder of a new run and writes its configuration. Throws Error (Input) if the folder has a
    /// run, files that are not ours, or links.
    static RunFolder begin(const std::filesystem::path& root, const RunConfig& config);

    /// Opens the folder of a run to resume it with this configuration. Writes the configuration only if it is
    /// missing there; call writeConfig() once the run can start. Throws Error (Input) if there is no run, if
    /// a changed option needs a new run, or if there are links.
    static RunFolder resume(const std::filesystem::path& root, const RunConfig& config);

    const RunPaths& paths() const { return paths_; }
    /// Differences between the new and the previous configuration.
    const std::vector<OptionDifference>& changes() const { return changes_; }
    /// Writes a configuration that has changed.
    void writeConfig(const RunConfig& config) const;

    /// False if the file system has no locks, so that another program could write the run too.
    bool isLocked() const { return lock_->isHeld(); }

    /// Creates the folder, its lock and its configuration again if they were moved or deleted during the run.
    /// Returns notices about that. Throws RunTakenOver if another program writes the run by now, and Error if
    /// it fails.
    std::vector<std::string> restore(const RunConfig& config) const;

private:
    explicit RunFolder(RunPaths paths);

    RunPaths paths_;
    std::unique_ptr<RunLock> lock_;
    std::vector<OptionDifference> changes_;
};

/// Throws Error (Failure) unless the disk has space for the checkpoints of a run. Up to keepLast + 2 exist at
/// a time: the newest ones, an older best one and the one being written.
/// @param checkpointBytes size of a checkpoint
/// @param alreadyThere number of checkpoints that exist
void requireSpaceForCheckpoints(const std::filesystem::path& folder, std::uint64_t checkpointBytes,
                                int keepLast, int alreadyThere);

} // namespace headroom
