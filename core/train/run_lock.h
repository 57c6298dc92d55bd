// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/error.h"
#include "core/support/file_descriptor.h"

#include <filesystem>
#include <string>

namespace headroom {

/// Thrown if another program writes the run.
class RunTakenOver : public Error {
public:
    using Error::Error;
};

/// The lock of a run folder: only its holder may write into the folder. The operating system releases it when
/// the program ends, even if it crashes. The file contains the name of the holder.
class RunLock {
public:
    /// Takes the lock. Throws RunTakenOver, with process and machine, if another program has it, and Error
    /// (Input) if the file is not a regular file.
    explicit RunLock(std::filesystem::path file);
    ~RunLock();
    RunLock(const RunLock&) = delete;
    RunLock& operator=(const RunLock&) = delete;

    /// False if the file system has no locks, so that another program could write the run too.
    bool isHeld() const { return held_; }

    /// Creates the file again and takes the lock if the file was moved or deleted; returns whether it was.
    /// Throws RunTakenOver if another program has the lock by now, and Error if it fails.
    bool renew();

private:
    void take();

    std::filesystem::path file_;
    FileDescriptor descriptor_;
    bool held_ = false;
};

/// The program that holds the lock now, such as "process 14328 on workshop"; empty if none does. Does not
/// open an empty file.
std::string lockHolder(const std::filesystem::path& file);

} // namespace headroom
