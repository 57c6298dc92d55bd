// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <filesystem>

namespace headroom::test {

/// While it exists, counts the calls of read(2) and pread(2) for one file, by this program and its libraries
/// (except within libc), and makes one of them fail with EIO. One object at a time.
class FailingReads {
public:
    /// @param failing number of the call that fails, from 0; negative: none
    explicit FailingReads(const std::filesystem::path& file, int failing = -1);
    ~FailingReads();
    FailingReads(const FailingReads&) = delete;
    FailingReads& operator=(const FailingReads&) = delete;

    int count() const;
};

} // namespace headroom::test
