// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <filesystem>
#include <string>

namespace headroom::test {

/// While it exists, counts the calls that change files in a folder, by this program and its libraries (except
/// within libc): creating a file or a folder, writing, syncing, renaming, linking and removing. Makes one of
/// them fail with EIO. One object at a time.
class FailingChanges {
public:
    /// @param failing number of the call that fails, from 0; negative: none
    explicit FailingChanges(const std::filesystem::path& folder, int failing = -1);
    ~FailingChanges();
    FailingChanges(const FailingChanges&) = delete;
    FailingChanges& operator=(const FailingChanges&) = delete;

    int count() const;
    /// The call that failed: "fsync"; empty if there were not as many.
    std::string failed() const;
};

} // namespace headroom::test
