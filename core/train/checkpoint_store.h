#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

namespace headroom {

/// The checkpoints of one run: folders step-00001234, each there whole or not at all; best.txt, the name of
/// the one that `headroom separate --run` and `evaluate --run` use; and where the file system has symbolic
/// links `best`, one to the same. Knows folders, not their content. Only the holder of the run's lock may
/// write. One thread. Throws Error, of kind Failure where the disk cannot be read: that is not taken for a
/// missing checkpoint.
class CheckpointStore {
public:
    explicit CheckpointStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Makes the folder and removes what a killed writer left half done.
    void prepare();

    /// Has `write` fill an empty folder, which then becomes the checkpoint of this step, in place of an
    /// earlier one. When anything fails, all is as it was.
    void save(std::int64_t step, const std::function<void(const std::filesystem::path& folder)>& write);

    /// The steps that have a checkpoint, newest first.
    std::vector<std::int64_t> steps() const;
    bool contains(std::int64_t step) const;
    std::filesystem::path path(std::int64_t step) const;

    /// The one that was marked, if it is still there. Runs of older versions have the link alone.
    std::optional<std::int64_t> best() const;
    void markBest(std::int64_t step);
    void unmarkBest();

    /// Takes a damaged checkpoint out of the way, so that rotation does not keep it instead of a good one.
    void setAside(std::int64_t step);

    /// Removes all but the newest `keepLast` and the best, marked or not.
    void rotate(int keepLast, std::optional<std::int64_t> best);

private:
    std::optional<std::int64_t> stepIfThere(const std::filesystem::path& name) const;
    std::filesystem::path bestFile() const { return folder_ / "best.txt"; }
    std::filesystem::path bestLink() const { return folder_ / "best"; }
    void linkBest(std::int64_t step) const;
    void unlinkBest() const;

    std::filesystem::path folder_;
};

} // namespace headroom
