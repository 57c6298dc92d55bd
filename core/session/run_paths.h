#pragma once

#include <filesystem>
#include <string>

namespace headroom {

/// Where things are in a run folder. All state of a run is derived from these files.
struct RunPaths {
    std::filesystem::path root;

    std::filesystem::path config() const { return root / "config.yaml"; }
    std::filesystem::path journal() const { return root / "journal.jsonl"; }
    /// What the first steps took, beside what was forecast of them.
    std::filesystem::path measured() const { return root / "measured.json"; }
    std::filesystem::path checkpoints() const { return root / "checkpoints"; }
    std::filesystem::path lock() const { return root / ".lock"; }

    /// Whether there is a configuration or a checkpoint.
    bool holdsRun() const;
};

/// A path for a new run folder that does not exist yet: outputDir/2026-01-31-120000-demo, from the local time
/// and the name of the configuration file. Of a run's own config.yaml, the name is that of the run, without
/// its time.
std::string newRunFolder(const std::string& outputDir, const std::string& configFile);

} // namespace headroom
