// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <filesystem>
#include <string>

namespace headroom {

/// The files of a run folder, which hold the complete state of the run.
struct RunPaths {
    std::filesystem::path root;

    std::filesystem::path config() const { return root / "config.yaml"; }
    std::filesystem::path journal() const { return root / "journal.jsonl"; }
    /// Measured memory and time of the first steps, beside their forecast.
    std::filesystem::path measured() const { return root / "measured.json"; }
    std::filesystem::path checkpoints() const { return root / "checkpoints"; }
    /// Excerpts of a song as the model separated it after each validation; see Audition.
    std::filesystem::path auditions() const { return root / "auditions"; }
    std::filesystem::path lock() const { return root / ".lock"; }

    /// Whether the folder contains a configuration or a checkpoint.
    bool holdsRun() const;
};

/// An unused path for a new run folder: outputDir/2026-01-31-120000-demo, from the local time and the name of
/// the configuration file. For the config.yaml of a run, the name is that of the run without its time.
/// @param outputDir if relative, to ~/.local/share/headroom
/// @throws Error (Input) if it is relative and there is no home folder
std::string newRunFolder(const std::string& outputDir, const std::string& configFile);

} // namespace headroom
