// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/setup/unpack_wheel.h"

#include "core/support/error.h"
#include "core/support/regular_file.h"
#include "core/support/system_error.h"

#include <zip.h>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <memory>
#include <string>
#include <unistd.h>
#include <vector>

namespace headroom {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void rejectWheel(const fs::path& file, const std::string& why) {
    throw Error(ErrorKind::Failure, "the wheel cannot be unpacked: " + why, file.string());
}

/// Whether an entry stays in the folder that it is unpacked into.
bool isPlainName(const fs::path& name) {
    return !name.is_absolute() &&
           std::ranges::none_of(name, [](const fs::path& part) { return part == ".."; });
}

class Unpacking {
public:
    Unpacking(const fs::path& file, const std::function<void(std::int64_t)>& progress,
              const std::stop_token& stop)
        : file_(file), progress_(progress), stop_(stop), block_(blockSize) {
        int code = 0;
        zip_.reset(zip_open(file.c_str(), ZIP_RDONLY, &code));
        if (!zip_)
            rejectWheel(file, "it is not a zip file");
    }

    zip_int64_t entries() const { return zip_get_num_entries(zip_.get(), 0); }

    std::string name(zip_int64_t index) const {
        const char* text = zip_get_name(zip_.get(), static_cast<zip_uint64_t>(index), ZIP_FL_ENC_RAW);
        if (text == nullptr)
            rejectWheel(file_, "an entry has no name");
        return text;
    }

    /// Returns false if it was stopped.
    bool write(zip_int64_t index, const fs::path& target) {
        std::error_code error;
        fs::create_directories(target.parent_path(), error);
        if (error)
            throw systemError("cannot create the folder", target.parent_path(), error.value());
        const FileDescriptor output =
            openRegularFile(target, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, "cannot write the file");
        const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> entry(
            zip_fopen_index(zip_.get(), static_cast<zip_uint64_t>(index), 0), zip_fclose);
        zip_int64_t count = -1;
        while (entry && !stop_.stop_requested() &&
               (count = zip_fread(entry.get(), block_.data(), blockSize)) > 0) {
            writeBlock(output.get(), target, static_cast<std::size_t>(count));
            done_ += count;
            progress_(done_);
        }
        if (!stop_.stop_requested() && count < 0) // also a wrong checksum
            rejectWheel(file_, target.filename().string() + " is damaged");
        return !stop_.stop_requested();
    }

private:
    static constexpr std::size_t blockSize = std::size_t{1} << 20;

    void writeBlock(int descriptor, const fs::path& target, std::size_t count) const {
        const char* next = block_.data();
        while (count > 0) {
            const ssize_t written = ::write(descriptor, next, count);
            if (written < 0 && errno != EINTR)
                throw systemError("cannot write the file", target, errno);
            if (written > 0) {
                next += written;
                count -= static_cast<std::size_t>(written);
            }
        }
    }

    const fs::path& file_;
    const std::function<void(std::int64_t)>& progress_;
    const std::stop_token& stop_;
    std::vector<char> block_;
    std::unique_ptr<zip_t, void (*)(zip_t*)> zip_{nullptr, zip_discard};
    std::int64_t done_ = 0;
};

} // namespace

bool unpackWheel(const fs::path& file, const fs::path& folder,
                 const std::function<bool(std::string_view entry)>& wanted,
                 const std::function<void(std::int64_t bytes)>& progress, const std::stop_token& stop) {
    Unpacking unpacking(file, progress, stop);
    for (zip_int64_t index = 0; index < unpacking.entries(); ++index) {
        const std::string name = unpacking.name(index);
        if (!wanted(name))
            continue;
        if (!isPlainName(name))
            rejectWheel(file, "an entry leaves the folder");
        if (!unpacking.write(index, folder / name))
            return false;
    }
    return true;
}

} // namespace headroom
