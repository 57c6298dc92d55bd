#pragma once

#include "core/support/error.h"
#include "core/support/file_descriptor.h"

#include <filesystem>
#include <string>

namespace headroom {

/// Thrown where another program has begun to write a run that is being written here.
class RunTakenOver : public Error {
public:
    using Error::Error;
};

/// The right to write into a run folder, which one program has at a time. Held by the operating system, so
/// that it ends with the program however that ends; the file names its holder for others to read.
class RunLock {
public:
    /// Throws Error: naming the program and machine that hold the lock, when another does; of kind Input
    /// where the file is a symbolic link or the like.
    explicit RunLock(std::filesystem::path file);
    ~RunLock();
    RunLock(const RunLock&) = delete;
    RunLock& operator=(const RunLock&) = delete;

    /// False where the file system has no locks, so that nothing keeps another program from writing the run
    /// too.
    bool isHeld() const { return held_; }

    /// Takes the lock again where its file was moved or deleted, making the file. True where that was so.
    /// Throws RunTakenOver where another program has the lock meanwhile, and other Errors where it cannot be
    /// taken.
    bool renew();

private:
    void take();

    std::filesystem::path file_;
    FileDescriptor descriptor_;
    bool held_ = false;
};

/// The program that holds the lock of this file right now, "process 14328 on workshop"; empty where none
/// does. Leaves alone a file that names no holder.
std::string lockHolder(const std::filesystem::path& file);

} // namespace headroom
