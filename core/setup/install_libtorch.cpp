// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/setup/install_libtorch.h"

#include "core/setup/download.h"
#include "core/setup/libtorch_folder.h"
#include "core/setup/package_index.h"
#include "core/setup/sha256.h"
#include "core/setup/unpack_wheel.h"
#include "core/support/bytes.h"
#include "core/support/file_descriptor.h"
#include "core/support/system_error.h"

#include <fmt/format.h>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace headroom {
namespace {

namespace fs = std::filesystem;

fs::path besideFolder(const fs::path& folder, const char* ending) {
    return fs::path(folder).concat(ending);
}

/// Removes a folder with all that it contains at the end of a scope.
class TemporaryFolder {
public:
    explicit TemporaryFolder(fs::path path) : path_(std::move(path)) { remove(); }
    ~TemporaryFolder() { remove(); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const fs::path& path() const { return path_; }

private:
    void remove() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }

    fs::path path_;
};

class Installation {
public:
    Installation(const LibTorchRequest& request, const std::function<void(const LibTorchProgress&)>& progress,
                 const std::stop_token& stop)
        : request_(request), progress_(progress), stop_(stop),
          downloads_(besideFolder(request.folder, ".download")) {}

    bool run() {
        lock();
        requireSpace();
        if (!download() || !unpack())
            return false;
        std::error_code ignored;
        fs::remove_all(downloads_, ignored);
        return true;
    }

private:
    /// The folder of the downloads is locked as long as this object exists.
    void lock() {
        std::error_code error;
        fs::create_directories(downloads_, error);
        lock_ = FileDescriptor(::open(downloads_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW));
        if (!lock_.isOpen())
            throw systemError("cannot create the folder", downloads_, error ? error.value() : errno);
        if (::flock(lock_.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
            throw Error(ErrorKind::Failure, "another program is installing LibTorch",
                        request_.folder.string(), "Wait until it has finished.");
    }

    std::int64_t total(std::int64_t Wheel::*bytes) const {
        std::int64_t sum = 0;
        for (const Wheel& wheel : request_.wheels)
            sum += wheel.*bytes;
        return sum;
    }

    std::int64_t downloaded() const {
        std::int64_t sum = 0;
        for (const Wheel& wheel : request_.wheels) {
            std::error_code missing;
            const auto size = fs::file_size(downloads_ / wheel.file, missing);
            sum += missing ? 0 : static_cast<std::int64_t>(size);
        }
        return sum;
    }

    void requireSpace() const {
        std::error_code error;
        const auto space = fs::space(downloads_, error);
        const std::int64_t needed = total(&Wheel::bytes) - downloaded() + total(&Wheel::unpacked);
        if (!error && static_cast<std::int64_t>(space.available) < needed)
            throw Error(ErrorKind::Failure,
                        fmt::format("the disk has {} free, and LibTorch needs {} while it is installed",
                                    formatBytes(space.available),
                                    formatBytes(static_cast<std::uint64_t>(needed))),
                        request_.folder.parent_path().string(),
                        "Free some space, or set XDG_CACHE_HOME to a folder on another disk.");
    }

    bool download() {
        std::int64_t before = 0;
        for (const Wheel& wheel : request_.wheels) {
            const auto show = [&](std::int64_t bytes) {
                progress_({LibTorchProgress::Phase::Download, before + bytes, total(&Wheel::bytes)});
            };
            if (!downloadWheel(wheel, show))
                return false;
            before += wheel.bytes;
        }
        return true;
    }

    bool downloadWheel(const Wheel& wheel, const DownloadProgress& show) {
        const fs::path file = downloads_ / wheel.file;
        std::error_code missing;
        if (fs::file_size(file, missing) != static_cast<std::uintmax_t>(wheel.bytes) || missing) {
            const std::string page = projectPage(request_.index, wheel.project);
            const auto html = downloadText(page, stop_);
            if (!html)
                return false;
            const IndexedFile found = findIndexedFile(*html, page, wheel.file);
            if (!found.sha256.empty() && found.sha256 != wheel.sha256)
                throw differs(wheel, page);
            if (!downloadFile(found.url, file, wheel.bytes, show, stop_))
                return false;
        }
        if (sha256OfFile(file) != wheel.sha256) {
            fs::remove(file, missing);
            throw differs(wheel, request_.index);
        }
        return !stop_.stop_requested();
    }

    static Error differs(const Wheel& wheel, const std::string& where) {
        return {ErrorKind::Failure, wheel.file + " does not have the expected SHA-256", where,
                "It was removed. Run the command again, or use another package index: --index, or "
                "PIP_INDEX_URL."};
    }

    bool unpack() {
        const TemporaryFolder unpacked(besideFolder(request_.folder, ".unpacking"));
        std::int64_t before = 0;
        for (const Wheel& wheel : request_.wheels) {
            std::int64_t ofWheel = 0;
            const auto show = [&](std::int64_t bytes) {
                ofWheel = bytes;
                progress_({LibTorchProgress::Phase::Unpack, before + bytes, total(&Wheel::unpacked)});
            };
            const auto wanted = [&](std::string_view entry) { return isUnpacked(entry, request_.cuda); };
            if (!unpackWheel(downloads_ / wheel.file, unpacked.path(), wanted, show, stop_))
                return false;
            before += ofWheel;
        }
        if (const LibTorchFolder found = inspectLibTorch(unpacked.path() / "torch"); !found.isUsable())
            throw Error(ErrorKind::Failure,
                        "the wheels do not contain LibTorch " + std::string(libTorchVersion), request_.index);
        // Files reach the disk before the name that says that they are complete.
        if (const FileDescriptor disk(::open(unpacked.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
            disk.isOpen())
            ::syncfs(disk.get());
        replace(unpacked.path());
        return true;
    }

    void replace(const fs::path& unpacked) const {
        const TemporaryFolder old(besideFolder(request_.folder, ".replaced"));
        std::error_code error;
        fs::rename(request_.folder, old.path(), error); // fails if there is none
        fs::rename(unpacked, request_.folder, error);
        if (!error)
            return;
        std::error_code ignored;
        fs::rename(old.path(), request_.folder, ignored);
        throw systemError("cannot rename the finished folder", request_.folder, error.value());
    }

    const LibTorchRequest& request_;
    const std::function<void(const LibTorchProgress&)>& progress_;
    const std::stop_token& stop_;
    fs::path downloads_;
    FileDescriptor lock_;
};

} // namespace

bool installLibTorch(const LibTorchRequest& request,
                     const std::function<void(const LibTorchProgress&)>& progress,
                     const std::stop_token& stop) {
    return Installation(request, progress, stop).run();
}

} // namespace headroom
