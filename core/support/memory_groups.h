// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace headroom {

/// The memory that control groups (version 2) leave to this program: containers, services and cluster jobs
/// have less than the machine, and are killed if they use more. Any thread.
class MemoryGroups {
public:
    struct Limit {
        std::int64_t total;     ///< bytes
        std::int64_t available; ///< bytes, with file caches that the kernel can drop
    };

    /// The groups of this program.
    MemoryGroups();
    /// @param mount where the hierarchy is mounted: "/sys/fs/cgroup"
    /// @param group path of the program's group in it: "/user.slice"
    MemoryGroups(const std::filesystem::path& mount, const std::string& group);

    /// The current limits, one per group that has one; groups whose files cannot be read are left out.
    std::vector<Limit> limits() const;

private:
    std::vector<std::filesystem::path> limited_; ///< folders of the group and its ancestors with a limit
};

} // namespace headroom
