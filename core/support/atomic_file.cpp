// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/atomic_file.h"

#include "core/support/output_place.h"
#include "core/support/sync_folder.h"
#include "core/support/system_error.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace headroom {
namespace {

namespace fs = std::filesystem;

FileDescriptor openStream(const fs::path& path) {
    // Without O_NONBLOCK, opening a pipe without a reader would block.
    FileDescriptor stream(::open(path.c_str(), O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
    if (!stream.isOpen() && errno == ENXIO)
        throw Error(ErrorKind::Failure, "this pipe has no reader", path.string(),
                    "Start the program that reads from it first.");
    if (!stream.isOpen() || ::fcntl(stream.get(), F_SETFL, 0) != 0)
        throw systemError("cannot open the file", path, errno);
    return stream;
}

/// Copies the permissions of the replaced file, which may be private. Ignores errors: not every file system
/// has permissions.
void copyPermissions(int descriptor, const fs::path& replaced) {
    struct stat status {};
    if (::lstat(replaced.c_str(), &status) == 0 && S_ISREG(status.st_mode)) [[maybe_unused]]
        const bool kept = ::fchmod(descriptor, status.st_mode & 0777) == 0;
}

} // namespace

AtomicFile::AtomicFile(const fs::path& target, Link link) : target_(target) {
    const OutputPlace place = link == Link::Follow ? outputPlace(target) : OutputPlace{target};
    target_ = place.path;
    if (place.isStream) {
        stream_ = openStream(target_);
        return;
    }
    temporary_.emplace(target_);
    copyPermissions(temporary_->descriptor(), target_);
}

void AtomicFile::write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            throw systemError("cannot write the file", target_, errno);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
}

void AtomicFile::commit() {
    if (!temporary_) {
        stream_.close();
        return;
    }
    if (::fsync(temporary_->descriptor()) != 0)
        throw systemError("cannot write the file", target_, errno);
    temporary_->rename(target_);
    syncFolder(target_.parent_path());
}

void writeFileAtomically(const fs::path& target, std::string_view content, AtomicFile::Link link) {
    AtomicFile file(target, link);
    file.write(content);
    file.commit();
}

} // namespace headroom
