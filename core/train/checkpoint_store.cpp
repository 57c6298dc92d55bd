#include "core/train/checkpoint_store.h"

#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <system_error>
#include <unistd.h>

namespace headroom {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view stepPrefix = "step-";
constexpr std::string_view unfinishedPrefix = ".unfinished-";
constexpr std::string_view damagedPrefix = "damaged-";

[[noreturn]] void refuse(const std::string& what, const fs::path& path, const std::error_code& code) {
    throw Error(ErrorKind::Failure, fmt::format("{}: {}", what, code.message()), path.string());
}

void check(const std::error_code& code, const std::string& what, const fs::path& path) {
    if (code)
        refuse(what, path, code);
}

std::string stepName(std::int64_t step) {
    return fmt::format("{}{:08}", stepPrefix, step);
}

std::optional<std::int64_t> stepOf(const fs::path& path) {
    const std::string name = path.filename().string();
    if (!name.starts_with(stepPrefix))
        return std::nullopt;
    std::int64_t step = 0;
    const char* end = name.data() + name.size();
    const auto parsed = std::from_chars(name.data() + stepPrefix.size(), end, step);
    // Only a name that we would give: a folder named otherwise is somebody else's.
    if (parsed.ec != std::errc() || parsed.ptr != end || stepName(step) != name)
        return std::nullopt;
    return step;
}

/// Makes renames durable. Some file systems cannot sync a folder, which is no fault of the checkpoint.
void syncFolder(const fs::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    ::fsync(descriptor);
    ::close(descriptor);
}

/// Puts `from` in the place of `to`, which may be a folder with content. Where the file system can, the two
/// change places at once, so that there is no moment without a checkpoint. Returns what is left to remove.
fs::path exchange(const fs::path& from, const fs::path& to) {
    if (!fs::exists(to)) {
        fs::rename(from, to);
        return {};
    }
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_EXCHANGE) == 0)
        return from;
    fs::path old = fmt::format("{}-old", from.string());
    fs::rename(to, old);
    fs::rename(from, to);
    return old;
}

} // namespace

void CheckpointStore::prepare() {
    std::error_code code;
    fs::create_directories(folder_, code);
    check(code, "cannot make the folder for checkpoints", folder_);
    std::vector<fs::path> leftovers;
    fs::directory_iterator entries(folder_, code);
    check(code, "cannot read the folder", folder_);
    for (const auto& entry : entries) {
        if (entry.path().filename().string().starts_with(unfinishedPrefix))
            leftovers.push_back(entry.path());
    }
    for (const fs::path& leftover : leftovers) {
        fs::remove_all(leftover, code);
        check(code, "cannot remove an unfinished checkpoint", leftover);
    }
}

void CheckpointStore::save(std::int64_t step, const std::function<void(const fs::path& folder)>& write) {
    const fs::path target = path(step);
    const fs::path unfinished = folder_ / fmt::format("{}{}", unfinishedPrefix, stepName(step));
    std::error_code ignored;
    try {
        fs::remove_all(unfinished);
        fs::create_directories(unfinished);
        write(unfinished);
        const fs::path old = exchange(unfinished, target);
        syncFolder(folder_);
        if (!old.empty())
            fs::remove_all(old, ignored);
    } catch (const fs::filesystem_error& error) {
        fs::remove_all(unfinished, ignored);
        refuse("cannot write the checkpoint", target, error.code());
    } catch (...) {
        fs::remove_all(unfinished, ignored);
        throw;
    }
}

std::vector<std::int64_t> CheckpointStore::steps() const {
    std::vector<std::int64_t> steps;
    std::error_code code;
    fs::directory_iterator entries(folder_, code);
    if (code)
        return steps;
    for (const auto& entry : entries) {
        const auto step = stepOf(entry.path());
        if (step && entry.is_directory(code))
            steps.push_back(*step);
    }
    std::sort(steps.rbegin(), steps.rend());
    return steps;
}

bool CheckpointStore::contains(std::int64_t step) const {
    std::error_code code;
    return fs::is_directory(path(step), code);
}

fs::path CheckpointStore::path(std::int64_t step) const {
    return folder_ / stepName(step);
}

std::optional<std::int64_t> CheckpointStore::best() const {
    std::error_code code;
    const fs::path target = fs::read_symlink(bestLink(), code);
    if (code)
        return std::nullopt;
    const auto step = stepOf(target);
    return step && contains(*step) ? step : std::nullopt;
}

void CheckpointStore::markBest(std::int64_t step) {
    const fs::path link = folder_ / fmt::format("{}best", unfinishedPrefix);
    std::error_code code;
    fs::remove(link, code);
    fs::create_directory_symlink(stepName(step), link, code);
    check(code, "cannot mark the best checkpoint", bestLink());
    fs::rename(link, bestLink(), code);
    check(code, "cannot mark the best checkpoint", bestLink());
    syncFolder(folder_);
}

void CheckpointStore::unmarkBest() {
    std::error_code code;
    fs::remove(bestLink(), code);
    check(code, "cannot unmark the best checkpoint", bestLink());
}

void CheckpointStore::setAside(std::int64_t step) {
    const fs::path aside = folder_ / fmt::format("{}{}", damagedPrefix, stepName(step));
    std::error_code code;
    fs::remove_all(aside, code);
    fs::rename(path(step), aside, code);
    check(code, "cannot set the damaged checkpoint aside", path(step));
}

void CheckpointStore::rotate(int keepLast) {
    const auto kept = best();
    const auto all = steps();
    for (std::size_t i = static_cast<std::size_t>(std::max(1, keepLast)); i < all.size(); ++i) {
        if (all[i] == kept)
            continue;
        // Under another name first: half removed it must not pass for a checkpoint.
        const fs::path leaving = folder_ / fmt::format("{}{}-old", unfinishedPrefix, stepName(all[i]));
        std::error_code code;
        fs::rename(path(all[i]), leaving, code);
        check(code, "cannot remove an old checkpoint", path(all[i]));
        fs::remove_all(leaving, code);
        check(code, "cannot remove an old checkpoint", leaving);
    }
}

} // namespace headroom
