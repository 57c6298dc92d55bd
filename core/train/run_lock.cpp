#include "core/train/run_lock.h"

#include "core/support/system_error.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>

namespace headroom {
namespace {

std::string thisProcess() {
    std::array<char, 256> host{};
    ::gethostname(host.data(), host.size() - 1);
    return "process " + std::to_string(::getpid()) + " on " + host.data();
}

std::string holderOf(int descriptor) {
    std::array<char, 512> text{};
    const ssize_t count = ::pread(descriptor, text.data(), text.size(), 0);
    std::string holder(text.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
    while (!holder.empty() && holder.back() == '\n')
        holder.pop_back();
    return holder.empty() ? "another program" : holder;
}

} // namespace

RunLock::RunLock(const std::filesystem::path& file) {
    constexpr int readableByTheUmask = 0666;
    descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, readableByTheUmask);
    if (descriptor_ < 0)
        throw systemError("cannot lock the run folder", file, errno);
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
        const int code = errno;
        const std::string holder = holderOf(descriptor_);
        ::close(descriptor_);
        if (code != EWOULDBLOCK)
            throw systemError("cannot lock the run folder", file, code);
        throw Error(ErrorKind::Failure, "this run is being written by " + holder, file.parent_path().string(),
                    "Stop it there, or choose another run folder.");
    }
    const std::string text = thisProcess() + "\n";
    // The name is for people only: the lock holds without it, as on a full disk.
    [[maybe_unused]] const bool named =
        ::ftruncate(descriptor_, 0) == 0 && ::pwrite(descriptor_, text.data(), text.size(), 0) > 0;
}

RunLock::~RunLock() {
    // The file stays: another program may already be waiting with it open.
    [[maybe_unused]] const bool emptied = ::ftruncate(descriptor_, 0) == 0;
    ::close(descriptor_);
}

bool isLocked(const std::filesystem::path& file) {
    std::error_code error;
    if (std::filesystem::file_size(file, error) == 0 || error)
        return false;
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    // A shared lock is to be had unless someone writes; closing gives it back.
    const bool locked = ::flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(descriptor);
    return locked;
}

} // namespace headroom
