// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace headroom {

/// The checkpoints of a run, as folders:
/// - step-00001234: a checkpoint; appears atomically.
/// - best.txt: name of the checkpoint that `headroom separate --run` and `evaluate --run` use.
/// - best: symbolic link to the same checkpoint, if the file system has symbolic links.
/// Does not know the contents of checkpoints. Writing requires the lock of the run. One thread. Throws Error;
/// a folder that cannot be read is Error (Failure) and not a missing checkpoint.
class CheckpointStore {
public:
    explicit CheckpointStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Creates the folder, and cleans up after a program that was killed while writing.
    void prepare();

    /// Calls `write` with an empty folder, which then becomes the checkpoint of this step and replaces an
    /// earlier one. On failure nothing changes.
    void save(std::int64_t step, const std::function<void(const std::filesystem::path& folder)>& write);

    /// Steps with a checkpoint, newest first.
    std::vector<std::int64_t> steps() const;
    bool contains(std::int64_t step) const;
    std::filesystem::path path(std::int64_t step) const;

    /// The marked checkpoint, if it exists. Reads the link if there is no best.txt, as in runs of older
    /// versions.
    std::optional<std::int64_t> best() const;
    void markBest(std::int64_t step);
    void unmarkBest();

    /// Renames a damaged checkpoint, so that rotation does not keep it instead of a good one.
    void setAside(std::int64_t step);
    /// Removes all but the newest two damaged checkpoints. Returns the names of the removed folders. Ignores
    /// folders that cannot be removed.
    std::vector<std::string> removeOldDamaged();

    /// Removes all checkpoints except the newest `keepLast` (at least 1) and `best`.
    void rotate(int keepLast, std::optional<std::int64_t> best);

private:
    std::optional<std::int64_t> existingStep(const std::filesystem::path& name) const;
    std::filesystem::path bestFile() const { return folder_ / "best.txt"; }
    std::filesystem::path bestLink() const { return folder_ / "best"; }
    void linkBest(std::int64_t step) const;
    void unlinkBest() const;

    std::filesystem::path folder_;
};

} // namespace headroom
