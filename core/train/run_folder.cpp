// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/run_folder.h"

#include "core/config/config_file.h"
#include "core/support/atomic_file.h"
#include "core/support/bytes.h"
#include "core/support/system_error.h"
#include "core/train/checkpoint.h"
#include "core/train/checkpoint_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <system_error>

namespace headroom {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& what, const fs::path& root, const std::string& remedy) {
    throw Error(ErrorKind::Input, what, root.string(), remedy);
}

void makeFolder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw systemError("cannot create the folder", folder, error.value());
}

/// Throws if the folder has files other than those that an interrupted start leaves.
void refuseForeignFiles(const RunPaths& paths) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(paths.root, error)) {
        const fs::path& path = entry.path();
        const bool ours = path == paths.lock() || path == paths.checkpoints() || TemporaryFile::isName(path);
        if (!ours)
            refuse("this folder is neither empty nor a run folder", paths.root, "Choose a new folder.");
    }
    if (error)
        throw systemError("cannot read the folder", paths.root, error.value());
}

/// Throws if a file of the run is a symbolic link: writing through it would change files outside the folder.
void refuseLinks(const RunPaths& paths) {
    for (const fs::path& path : {paths.lock(), paths.config(), paths.journal(), paths.measured(),
                                 paths.checkpoints(), paths.auditions()}) {
        std::error_code error;
        if (fs::is_symlink(path, error))
            throw Error(
                ErrorKind::Input, "this is a symbolic link, but a run writes only into its folder",
                path.string(),
                "Replace it by the file or folder it points to. The run folder itself may be a symbolic "
                "link.");
    }
}

void refuseNewRunOptions(const std::vector<OptionDifference>& changes, const fs::path& root) {
    std::string list;
    for (const auto& change : changes) {
        if (change.needsNewRun())
            list += (list.empty() ? "" : ", ") + change.text();
    }
    if (!list.empty())
        refuse("the run cannot be resumed with these changes: " + list, root,
               "Undo the changes, or start a new run in another folder.");
}

} // namespace

RunConfig readRunConfig(const RunPaths& paths) {
    std::error_code error;
    if (fs::exists(paths.config(), error))
        return loadConfig(paths.config());
    const CheckpointStore store(paths.checkpoints());
    for (const std::int64_t step : store.steps()) {
        try {
            return readCheckpointConfig(store.path(step));
        } catch (const Error& damage) {
            if (damage.kind() != ErrorKind::Input)
                throw;
        }
    }
    refuse("there is no run in this folder", paths.root,
           "Choose a run folder with --run, or start a new run with --config.");
}

RunFolder::RunFolder(RunPaths paths) : paths_(std::move(paths)) {
    refuseLinks(paths_);
    lock_ = std::make_unique<RunLock>(paths_.lock());
    makeFolder(paths_.checkpoints());
    removeAbandonedFiles(paths_.root);
}

RunFolder RunFolder::begin(const fs::path& root, const RunConfig& config) {
    const RunPaths paths{root};
    const auto refuseRun = [&] {
        if (paths.holdsRun())
            refuse("this folder already has a run", root,
                   "Resume it with --resume, or choose another folder.");
    };
    makeFolder(root);
    refuseRun();
    refuseForeignFiles(paths);
    RunFolder folder(paths);
    refuseRun(); // again: another program may have started one before we had the lock
    folder.writeConfig(config);
    return folder;
}

RunFolder RunFolder::resume(const fs::path& root, const RunConfig& config) {
    const RunPaths paths{root};
    if (!paths.holdsRun())
        refuse("there is no run to resume in this folder", root, "Omit --resume to start a new run.");
    RunFolder folder(paths);
    folder.changes_ = differences(readRunConfig(paths), config);
    refuseNewRunOptions(folder.changes_, root);
    std::error_code error;
    if (!fs::exists(paths.config(), error))
        folder.writeConfig(config);
    return folder;
}

void RunFolder::writeConfig(const RunConfig& config) const {
    writeFileAtomically(paths_.config(), dumpConfig(config), AtomicFile::Link::Replace);
}

std::vector<std::string> RunFolder::restore(const RunConfig& config) const {
    std::vector<std::string> done;
    std::error_code error;
    const bool moved = fs::status(paths_.root, error).type() == fs::file_type::not_found;
    if (moved) {
        makeFolder(paths_.root);
        done.push_back(
            fmt::format("the run folder {} was moved or deleted; the run continues in a new folder there",
                        paths_.root.string()));
    }
    if (lock_->renew() && !moved)
        done.emplace_back("the lock of the run folder was removed; it was created again");
    if (fs::status(paths_.config(), error).type() == fs::file_type::not_found) {
        writeConfig(config);
        if (!moved)
            done.emplace_back("config.yaml was missing; it was written again");
    }
    return done;
}

void requireSpaceForCheckpoints(const fs::path& folder, std::uint64_t checkpointBytes, int keepLast,
                                int alreadyThere) {
    std::error_code error;
    const fs::space_info space = fs::space(folder, error);
    if (error)
        throw systemError("cannot read the free space", folder, error.value());
    const auto wanted = static_cast<std::uint64_t>(std::max(1, keepLast + 2 - alreadyThere));
    if (space.available / wanted >= checkpointBytes)
        return;
    throw Error(
        ErrorKind::Failure,
        fmt::format("not enough space: {} free, but the run needs space for {} more checkpoints of {}",
                    formatBytes(space.available), wanted, formatBytes(checkpointBytes)),
        folder.string(),
        "Free space on this disk, choose another folder, or lower training.keep_last_n_checkpoints.");
}

} // namespace headroom
