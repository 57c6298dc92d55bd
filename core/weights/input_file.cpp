#include "core/weights/input_file.h"

#include "core/support/error.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace headroom {

InputFile::InputFile(std::string path) : path_(std::move(path)) {
    // Non-blocking, so that opening a pipe nobody writes to does not hang.
    descriptor_ = open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status {};
    if (descriptor_ < 0 || fstat(descriptor_, &status) != 0) {
        const std::string reason = std::generic_category().message(errno);
        if (descriptor_ >= 0)
            close(descriptor_);
        throw Error(ErrorKind::Input, "cannot be opened: " + reason, path_);
    }
    if (!S_ISREG(status.st_mode)) {
        close(descriptor_);
        throw Error(ErrorKind::Input, "is not a regular file", path_);
    }
    size_ = static_cast<std::uint64_t>(status.st_size);
}

InputFile::~InputFile() {
    close(descriptor_);
}

void InputFile::read(void* bytes, std::uint64_t count) {
    auto* target = static_cast<char*>(bytes);
    while (count > 0) {
        const ssize_t got = ::read(descriptor_, target, count);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            throw Error(ErrorKind::Input, "cannot be read: " + std::generic_category().message(errno), path_);
        if (got == 0)
            throw Error(ErrorKind::Input, "the file ends too early", path_);
        target += got;
        count -= static_cast<std::uint64_t>(got);
    }
}

} // namespace headroom
