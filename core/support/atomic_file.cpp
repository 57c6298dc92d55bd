#include "core/support/atomic_file.h"

#include "core/support/system_error.h"

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <string>
#include <unistd.h>

namespace headroom {
namespace {

constexpr std::string_view temporaryPrefix = ".headroom-";
constexpr std::string_view temporarySuffix = ".part";

/// Of its own length, whatever the target's, so that long names stay possible.
std::filesystem::path temporaryBeside(const std::filesystem::path& target) {
    static std::atomic<unsigned> counter = 0;
    const std::string name = std::string(temporaryPrefix) + std::to_string(getpid()) + "-" +
                             std::to_string(counter.fetch_add(1)) + std::string(temporarySuffix);
    return target.parent_path() / name;
}

/// Makes a rename durable. Some file systems cannot sync a folder, which is no fault of the file.
void syncFolder(const std::filesystem::path& folder) {
    const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    ::fsync(descriptor);
    ::close(descriptor);
}

} // namespace

AtomicFile::AtomicFile(std::filesystem::path target)
    : target_(std::move(target)), temporary_(temporaryBeside(target_)) {
    constexpr int readableByTheUmask = 0666;
    descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, readableByTheUmask);
    if (descriptor_ < 0)
        throw systemError("cannot create the file", target_, errno);
}

AtomicFile::~AtomicFile() {
    if (descriptor_ < 0)
        return;
    close();
    ::unlink(temporary_.c_str());
}

void AtomicFile::write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            throw systemError("cannot write the file", target_, errno);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
}

void AtomicFile::commit() {
    if (::fsync(descriptor_) != 0)
        throw systemError("cannot write the file", target_, errno);
    if (::rename(temporary_.c_str(), target_.c_str()) != 0)
        throw systemError("cannot put the finished file in its place", target_, errno);
    close();
    syncFolder(target_.parent_path());
}

void AtomicFile::close() {
    ::close(descriptor_);
    descriptor_ = -1;
}

bool AtomicFile::isTemporary(const std::filesystem::path& path) {
    const std::string name = path.filename().string();
    return name.starts_with(temporaryPrefix) && name.ends_with(temporarySuffix);
}

void writeFileAtomically(const std::filesystem::path& target, std::string_view content) {
    AtomicFile file(target);
    file.write(content);
    file.commit();
}

} // namespace headroom
