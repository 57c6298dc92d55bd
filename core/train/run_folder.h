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

/// The configuration that a run was last going with: config.yaml, or where that is missing what the newest
/// checkpoint has. Throws Error, of kind Input where the folder holds no run.
RunConfig readRunConfig(const RunPaths& paths);

/// A run folder that this program may write into, until this object is gone. The folder may be reached
/// through a symbolic link; what is written in it may not be one, since folders come from others. One thread.
class RunFolder {
public:
    /// Makes the folder of a new run and writes its configuration.
    /// @throws Error of kind Input when the folder holds a run, anything else that is not ours, or links
    static RunFolder begin(const std::filesystem::path& root, const RunConfig& config);

    /// Takes the folder of a run that is to be carried on with this configuration, which becomes the
    /// folder's.
    /// @throws Error of kind Input when there is no run, a changed knob needs a new one, or there are links
    static RunFolder resume(const std::filesystem::path& root, const RunConfig& config);

    const RunPaths& paths() const { return paths_; }
    /// How the configuration differs from what the run had before.
    const std::vector<OptionDifference>& changes() const { return changes_; }
    /// Keeps a configuration that was changed while the run is going.
    void writeConfig(const RunConfig& config) const;

    /// False where the file system has no locks: another program could write the run too.
    bool isLocked() const { return lock_->isHeld(); }

    /// Makes again what was moved or deleted while the run is going: the folder, its lock, its configuration.
    /// Returns a sentence on what it did. Throws RunTakenOver where another program writes the run by now,
    /// and other Errors where it cannot be done.
    std::vector<std::string> restore(const RunConfig& config) const;

private:
    explicit RunFolder(RunPaths paths);

    RunPaths paths_;
    std::unique_ptr<RunLock> lock_;
    std::vector<OptionDifference> changes_;
};

/// Throws Error of kind Failure unless the disk has room for the checkpoints still to be added. There can be
/// keepLast + 2 at once, the newest, an older best one and the one being written; less those already there.
/// @param checkpointBytes size of one checkpoint
void requireSpaceForCheckpoints(const std::filesystem::path& folder, std::uint64_t checkpointBytes,
                                int keepLast, int alreadyThere);

} // namespace headroom
