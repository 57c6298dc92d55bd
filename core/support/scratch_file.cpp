// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/scratch_file.h"

#include "core/support/cache_folder.h"
#include "core/support/system_error.h"

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <string>
#include <system_error>
#include <unistd.h>

namespace headroom {
namespace {

/// Not the folder for temporary files, which many systems keep in memory.
std::filesystem::path scratchFolder() {
    std::filesystem::path folder = cacheFolder();
    std::error_code code;
    if (!folder.empty() && (std::filesystem::create_directories(folder, code) || !code))
        return folder;
    return std::filesystem::temp_directory_path();
}

} // namespace

ScratchFile::ScratchFile() {
    std::string name = (scratchFolder() / "scratch-XXXXXX").string();
    file_ = FileDescriptor(::mkostemp(name.data(), O_CLOEXEC));
    if (!file_.isOpen())
        throw systemError("cannot create a temporary file", name, errno);
    ::unlink(name.c_str());
}

std::int64_t ScratchFile::append(std::span<const std::byte> bytes) {
    const std::lock_guard lock(mutex_);
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t written = ::pwrite(file_.get(), bytes.data() + done, bytes.size() - done,
                                         end_ + static_cast<std::int64_t>(done));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            throw systemError("cannot write a temporary file", scratchFolder(), errno);
        done += static_cast<std::size_t>(written);
    }
    const std::int64_t offset = end_;
    end_ += static_cast<std::int64_t>(bytes.size());
    return offset;
}

void ScratchFile::read(std::int64_t offset, std::span<std::byte> into) const {
    std::size_t done = 0;
    while (done < into.size()) {
        const ssize_t got = ::pread(file_.get(), into.data() + done, into.size() - done,
                                    offset + static_cast<std::int64_t>(done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            throw systemError("cannot read a temporary file", scratchFolder(), got < 0 ? errno : EIO);
        done += static_cast<std::size_t>(got);
    }
}

} // namespace headroom
