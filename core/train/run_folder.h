#pragma once

#include "core/config/config_difference.h"
#include "core/config/run_config.h"
#include "core/train/run_lock.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

namespace headroom {

/// Where things are in a run folder. All state of a run is derived from these files.
struct RunPaths {
    std::filesystem::path root;

    std::filesystem::path config() const { return root / "config.yaml"; }
    std::filesystem::path journal() const { return root / "journal.jsonl"; }
    /// What the first steps took, beside what was forecast of them.
    std::filesystem::path measured() const { return root / "measured.json"; }
    std::filesystem::path checkpoints() const { return root / "checkpoints"; }
    std::filesystem::path auditions() const { return root / "auditions"; }
    std::filesystem::path lock() const { return root / ".lock"; }

    bool holdsRun() const;
};

/// A run folder that this program may write into, until this object is gone.
class RunFolder {
public:
    /// Makes the folder of a new run and writes its configuration.
    /// @throws Error of kind Input when the folder holds a run, or anything else that is not ours
    static RunFolder begin(const std::filesystem::path& root, const RunConfig& config);

    /// Takes the folder of a run that is to be carried on with this configuration, which becomes the
    /// folder's.
    /// @throws Error of kind Input when there is no run, or a changed knob needs a new one
    static RunFolder carryOn(const std::filesystem::path& root, const RunConfig& config);

    const RunPaths& paths() const { return paths_; }
    /// How the configuration differs from what the run had before.
    const std::vector<KnobDifference>& changes() const { return changes_; }
    /// Keeps a configuration that was changed while the run is going.
    void writeConfig(const RunConfig& config) const;

private:
    explicit RunFolder(RunPaths paths);

    RunPaths paths_;
    std::unique_ptr<RunLock> lock_;
    std::vector<KnobDifference> changes_;
};

/// Throws Error of kind Failure unless the disk has room for the checkpoints still to be added. There can be
/// keepLast + 2 at once, the newest, an older best one and the one being written; less those already there.
/// @param checkpointBytes size of one checkpoint
void requireSpaceForCheckpoints(const std::filesystem::path& folder, std::uint64_t checkpointBytes,
                                int keepLast, int alreadyThere);

} // namespace headroom
