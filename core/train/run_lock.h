#pragma once

#include <filesystem>

namespace headroom {

/// The right to write into a run folder, which one program has at a time. Held by the operating system, so
/// that it ends with the program however that ends; the file names its holder for others to read.
class RunLock {
public:
    /// Throws Error that names the program and machine that hold the lock, when another does.
    explicit RunLock(const std::filesystem::path& file);
    ~RunLock();
    RunLock(const RunLock&) = delete;
    RunLock& operator=(const RunLock&) = delete;

private:
    int descriptor_ = -1;
};

/// Whether a program holds the lock of this file right now. Leaves alone a file that names no holder.
bool isLocked(const std::filesystem::path& file);

} // namespace headroom
