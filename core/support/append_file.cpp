#include "core/support/append_file.h"

#include "core/support/system_error.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace headroom {

AppendFile::AppendFile(std::filesystem::path file, Open open) : file_(std::move(file)) {
    constexpr int readableByTheUmask = 0666;
    const int onlyNew = open == Open::OnlyNew ? O_EXCL : 0;
    descriptor_ =
        ::open(file_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | onlyNew, readableByTheUmask);
    if (descriptor_ < 0)
        throw systemError("cannot open the file", file_, errno);
}

AppendFile::~AppendFile() {
    ::close(descriptor_);
}

void AppendFile::append(std::string_view record) {
    struct stat before {};
    if (::fstat(descriptor_, &before) != 0)
        throw systemError("cannot write the file", file_, errno);
    while (!record.empty()) {
        const ssize_t written = ::write(descriptor_, record.data(), record.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0) {
            const int code = errno;
            // What cannot be cut off here, the next to open the file has to.
            [[maybe_unused]] const bool cut = ::ftruncate(descriptor_, before.st_size) == 0;
            throw systemError("cannot write the file", file_, code);
        }
        record.remove_prefix(static_cast<std::size_t>(written));
    }
}

} // namespace headroom
