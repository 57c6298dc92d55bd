#include "core/support/regular_file.h"

#include "core/support/system_error.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>

namespace headroom {
namespace {

/// The name is wrong, rather than the file or the disk.
bool isWrongName(int code) {
    return code == ENOENT || code == ENOTDIR || code == ENAMETOOLONG || code == ELOOP;
}

[[noreturn]] void refuse(const std::string& what, const char* why, const std::filesystem::path& file) {
    throw Error(ErrorKind::Input, what + ": " + why, file.string(), "Put the file itself there.");
}

} // namespace

FileDescriptor openRegularFile(const std::filesystem::path& file, int flags, const std::string& what) {
    constexpr mode_t readableByTheUmask = 0666;
    FileDescriptor opened(::open(file.c_str(), flags | O_CLOEXEC | O_NONBLOCK, readableByTheUmask));
    if (!opened.isOpen() && errno == ELOOP && (flags & O_NOFOLLOW) != 0)
        refuse(what, "it is a symbolic link", file);
    // A pipe without a reader, or a socket.
    if (!opened.isOpen() && errno == ENXIO)
        refuse(what, "it is no regular file", file);
    if (!opened.isOpen() && (flags & O_CREAT) == 0 && isWrongName(errno))
        throw Error(ErrorKind::Input, what + ": " + std::system_category().message(errno), file.string());
    if (!opened.isOpen())
        throw systemError(what, file, errno);
    struct stat status {};
    if (::fstat(opened.get(), &status) != 0)
        throw systemError(what, file, errno);
    if (!S_ISREG(status.st_mode))
        refuse(what, "it is no regular file", file);
    return opened;
}

} // namespace headroom
