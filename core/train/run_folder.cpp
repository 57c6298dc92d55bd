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
        throw systemError("cannot make the folder", folder, error.value());
}

/// What a start that was cut short can leave behind may be there; other people's files may not.
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

/// What is written through a link is written wherever whoever made the folder wanted it.
void refuseLinks(const RunPaths& paths) {
    for (const fs::path& path :
         {paths.lock(), paths.config(), paths.journal(), paths.measured(), paths.checkpoints()}) {
        std::error_code error;
        if (fs::is_symlink(path, error))
            throw Error(ErrorKind::Input, "this is a symbolic link, and a run writes only in its own folder",
                        path.string(),
                        "Put there what it leads to. The run folder itself may be a symbolic link.");
    }
}

void refuseNewRunOptions(const std::vector<OptionDifference>& changes, const fs::path& root) {
    std::string list;
    for (const auto& change : changes) {
        if (change.needsNewRun())
            list += (list.empty() ? "" : ", ") + change.text();
    }
    if (!list.empty())
        refuse("the run cannot be carried on with what was changed: " + list, root,
               "Change it back, or begin a new run in another folder.");
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
           "Name a run folder with --run, or begin a new run with --config.");
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
            refuse("this folder holds a run", root, "Carry it on with --resume, or choose another folder.");
    };
    makeFolder(root);
    refuseRun();
    refuseForeignFiles(paths);
    RunFolder folder(paths);
    refuseRun(); // another program may have begun one before the lock was ours
    folder.writeConfig(config);
    return folder;
}

RunFolder RunFolder::resume(const fs::path& root, const RunConfig& config) {
    const RunPaths paths{root};
    if (!paths.holdsRun())
        refuse("there is no run to carry on here", root, "Leave out --resume to begin a new one.");
    RunFolder folder(paths);
    folder.changes_ = differences(readRunConfig(paths), config);
    refuseNewRunOptions(folder.changes_, root);
    std::error_code error;
    if (!folder.changes_.empty() || !fs::exists(paths.config(), error))
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
            fmt::format("the run folder {} was moved or deleted; the run goes on in a new one there",
                        paths_.root.string()));
    }
    if (lock_->renew() && !moved)
        done.emplace_back("the lock of the run folder was removed; it is taken again");
    if (fs::status(paths_.config(), error).type() == fs::file_type::not_found) {
        writeConfig(config);
        if (!moved)
            done.emplace_back("config.yaml was missing and is written again");
    }
    return done;
}

void requireSpaceForCheckpoints(const fs::path& folder, std::uint64_t checkpointBytes, int keepLast,
                                int alreadyThere) {
    std::error_code error;
    const fs::space_info space = fs::space(folder, error);
    if (error)
        throw systemError("cannot tell the free space", folder, error.value());
    const auto wanted = static_cast<std::uint64_t>(std::max(1, keepLast + 2 - alreadyThere));
    if (space.available / wanted >= checkpointBytes)
        return;
    throw Error(
        ErrorKind::Failure,
        fmt::format("not enough space: {} free, and up to {} more checkpoints of {} are there at once",
                    formatBytes(space.available), wanted, formatBytes(checkpointBytes)),
        folder.string(),
        "Make room on this disk, choose another folder, or lower training.keep_last_n_checkpoints.");
}

} // namespace headroom
