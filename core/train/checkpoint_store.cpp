// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/checkpoint_store.h"

#include "core/support/atomic_file.h"
#include "core/support/regular_file.h"
#include "core/support/sync_folder.h"
#include "core/support/system_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <unistd.h>

namespace headroom {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view stepPrefix = "step-";
constexpr std::string_view unfinishedPrefix = ".unfinished-";
constexpr std::string_view oldSuffix = "-old";   ///< being replaced by a new one of the same step
constexpr std::string_view goneSuffix = "-gone"; ///< being removed
constexpr std::string_view damagedPrefix = "damaged-";

void check(const std::error_code& code, const std::string& what, const fs::path& path) {
    if (code)
        throw systemError(what, path, code.value());
}

bool isMissing(const std::error_code& code) {
    return code == std::errc::no_such_file_or_directory || code == std::errc::not_a_directory ||
           code == std::errc::too_many_symbolic_link_levels;
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
    // Exactly a name that this program would give; other folders belong to someone else.
    if (parsed.ec != std::errc() || parsed.ptr != end || stepName(step) != name)
        return std::nullopt;
    return step;
}

/// The step of a damaged checkpoint that was set aside.
std::optional<std::int64_t> damagedStep(const fs::path& path) {
    const std::string name = path.filename().string();
    return name.starts_with(damagedPrefix) ? stepOf(name.substr(damagedPrefix.size())) : std::nullopt;
}

/// The step of a checkpoint whose replacement was interrupted, from the name of the leftover.
std::optional<std::int64_t> replacedStep(const fs::path& leftover) {
    const std::string name = leftover.filename().string();
    if (!name.ends_with(oldSuffix))
        return std::nullopt;
    return stepOf(
        name.substr(unfinishedPrefix.size(), name.size() - unfinishedPrefix.size() - oldSuffix.size()));
}

/// The first bytes of a file, enough for the name of a checkpoint; empty if there is no file.
std::string readBeginning(const fs::path& file) {
    std::error_code code;
    if (fs::status(file, code).type() == fs::file_type::not_found)
        return {};
    constexpr std::string_view purpose = "cannot read which checkpoint is the best";
    const FileDescriptor opened = openRegularFile(file, O_RDONLY, std::string(purpose));
    std::array<char, 64> text{};
    const ssize_t count = ::read(opened.get(), text.data(), text.size());
    if (count < 0)
        throw systemError(std::string(purpose), file, errno);
    return {text.data(), static_cast<std::size_t>(count)};
}

/// Renames `from` to `to`, which may be a folder with contents. If the file system can, exchanges them
/// atomically, so that a checkpoint exists at all times. Returns the folder that remains to be removed.
fs::path exchange(const fs::path& from, const fs::path& to) {
    if (!fs::exists(to)) {
        fs::rename(from, to);
        return {};
    }
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_EXCHANGE) == 0)
        return from;
    fs::path old = fmt::format("{}{}", from.string(), oldSuffix);
    fs::rename(to, old);
    fs::rename(from, to);
    return old;
}

} // namespace

void CheckpointStore::prepare() {
    std::error_code code;
    fs::create_directories(folder_, code);
    check(code, "cannot create the folder for checkpoints", folder_);
    std::vector<fs::path> leftovers;
    fs::directory_iterator entries(folder_, code);
    for (; !code && entries != fs::directory_iterator(); entries.increment(code)) {
        if (entries->path().filename().string().starts_with(unfinishedPrefix))
            leftovers.push_back(entries->path());
    }
    check(code, "cannot read the folder", folder_);
    for (const fs::path& leftover : leftovers) {
        if (const auto step = replacedStep(leftover); step && !contains(*step))
            fs::rename(leftover, path(*step), code);
        else
            fs::remove_all(leftover, code);
        check(code, "cannot remove an unfinished checkpoint", leftover);
    }
    removeAbandonedFiles(folder_);
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
        throw systemError("cannot write the checkpoint", target, error.code().value());
    } catch (...) {
        fs::remove_all(unfinished, ignored);
        throw;
    }
}

std::vector<std::int64_t> CheckpointStore::steps() const {
    std::vector<std::int64_t> steps;
    std::error_code code;
    fs::directory_iterator entry(folder_, code);
    for (; !code && entry != fs::directory_iterator(); entry.increment(code)) {
        const auto step = stepOf(entry->path());
        if (step && contains(*step))
            steps.push_back(*step);
    }
    if (!isMissing(code))
        check(code, "cannot read the folder", folder_);
    std::sort(steps.rbegin(), steps.rend());
    return steps;
}

bool CheckpointStore::contains(std::int64_t step) const {
    std::error_code code;
    const bool exists = fs::is_directory(path(step), code);
    if (!isMissing(code))
        check(code, "cannot read the folder", path(step));
    return exists;
}

fs::path CheckpointStore::path(std::int64_t step) const {
    return folder_ / stepName(step);
}

std::optional<std::int64_t> CheckpointStore::existingStep(const fs::path& name) const {
    const auto step = stepOf(name);
    return step && contains(*step) ? step : std::nullopt;
}

std::optional<std::int64_t> CheckpointStore::best() const {
    std::string name = readBeginning(bestFile());
    name.erase(std::min(name.find('\n'), name.size()));
    if (const auto step = existingStep(name))
        return step;
    std::error_code noLink;
    return existingStep(fs::read_symlink(bestLink(), noLink));
}

void CheckpointStore::markBest(std::int64_t step) {
    writeFileAtomically(bestFile(), stepName(step) + "\n", AtomicFile::Link::Replace);
    linkBest(step);
}

/// The link is for users who browse the folder. It may be missing, but must not point to another checkpoint.
void CheckpointStore::linkBest(std::int64_t step) const {
    const fs::path link = folder_ / fmt::format("{}best", unfinishedPrefix);
    std::error_code code;
    fs::remove(link, code);
    fs::create_directory_symlink(stepName(step), link, code);
    if (!code)
        fs::rename(link, bestLink(), code);
    if (code)
        unlinkBest();
    syncFolder(folder_);
}

void CheckpointStore::unlinkBest() const {
    std::error_code ignored;
    if (fs::is_symlink(bestLink(), ignored))
        fs::remove(bestLink(), ignored);
}

void CheckpointStore::unmarkBest() {
    std::error_code code;
    fs::remove(bestFile(), code);
    check(code, "cannot unmark the best checkpoint", bestFile());
    unlinkBest();
}

void CheckpointStore::setAside(std::int64_t step) {
    const fs::path aside = folder_ / fmt::format("{}{}", damagedPrefix, stepName(step));
    std::error_code code;
    fs::remove_all(aside, code);
    fs::rename(path(step), aside, code);
    check(code, "cannot rename the damaged checkpoint", path(step));
}

std::vector<std::string> CheckpointStore::removeOldDamaged() {
    constexpr std::size_t kept = 2;
    struct Damaged {
        fs::file_time_type written;
        std::int64_t step;
        fs::path path;
    };
    std::vector<Damaged> damaged;
    std::error_code code;
    fs::directory_iterator entries(folder_, code);
    for (; !code && entries != fs::directory_iterator(); entries.increment(code)) {
        std::error_code ignored;
        if (const auto step = damagedStep(entries->path()); step && entries->is_directory(ignored))
            damaged.push_back({fs::last_write_time(entries->path(), ignored), *step, entries->path()});
    }
    std::ranges::sort(damaged, [](const Damaged& a, const Damaged& b) {
        return std::tie(a.written, a.step) > std::tie(b.written, b.step);
    });
    std::vector<std::string> removed;
    for (std::size_t i = kept; i < damaged.size(); ++i) {
        fs::remove_all(damaged[i].path, code);
        if (!code)
            removed.push_back(damaged[i].path.filename().string());
    }
    return removed;
}

void CheckpointStore::rotate(int keepLast, std::optional<std::int64_t> best) {
    const auto all = steps();
    for (std::size_t i = static_cast<std::size_t>(std::max(1, keepLast)); i < all.size(); ++i) {
        if (all[i] == best)
            continue;
        // Renamed first: a partly removed folder must not look like a checkpoint.
        const fs::path removed =
            folder_ / fmt::format("{}{}{}", unfinishedPrefix, stepName(all[i]), goneSuffix);
        std::error_code code;
        fs::rename(path(all[i]), removed, code);
        check(code, "cannot remove an old checkpoint", path(all[i]));
        fs::remove_all(removed, code);
        check(code, "cannot remove an old checkpoint", removed);
    }
}

} // namespace headroom
