// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/memory_groups.h"

#include <algorithm>
#include <fstream>
#include <optional>

namespace headroom {
namespace {

namespace fs = std::filesystem;

/// The number in a file; nothing for "max" or no file.
std::optional<std::int64_t> number(const fs::path& path) {
    std::ifstream file(path);
    std::int64_t value = 0;
    return file >> value && value >= 0 ? std::optional(value) : std::nullopt;
}

/// A line of memory.stat.
std::int64_t statistic(const fs::path& path, const std::string& wanted) {
    std::ifstream file(path);
    std::string name;
    std::int64_t value = 0;
    while (file >> name >> value) {
        if (name == wanted)
            return value;
    }
    return 0;
}

/// The group of this program: the line "0::/path" of /proc/self/cgroup.
std::string ownGroup() {
    std::ifstream file("/proc/self/cgroup");
    std::string line;
    while (std::getline(file, line)) {
        if (line.starts_with("0::/"))
            return line.substr(3);
    }
    return {};
}

} // namespace

MemoryGroups::MemoryGroups() : MemoryGroups("/sys/fs/cgroup", ownGroup()) {}

MemoryGroups::MemoryGroups(const fs::path& mount, const std::string& group) {
    if (!group.starts_with('/'))
        return;
    const auto addIfLimited = [this](const fs::path& folder) {
        if (number(folder / "memory.max"))
            limited_.push_back(folder);
    };
    fs::path folder = mount;
    addIfLimited(folder); // in a container, the group's own folder
    for (const fs::path& part : fs::path(group).relative_path())
        addIfLimited(folder /= part);
}

std::vector<MemoryGroups::Limit> MemoryGroups::limits() const {
    std::vector<Limit> limits;
    for (const fs::path& folder : limited_) {
        const auto total = number(folder / "memory.max");
        const auto used = number(folder / "memory.current");
        if (!total || !used)
            continue;
        const std::int64_t kept = *used - statistic(folder / "memory.stat", "inactive_file");
        limits.push_back({*total, std::clamp<std::int64_t>(*total - kept, 0, *total)});
    }
    return limits;
}

} // namespace headroom
