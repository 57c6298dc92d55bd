// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/zip_file_writer.h"

#include "core/support/atomic_file.h"
#include "core/support/error.h"
#include "core/support/system_error.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <ctime>
#include <memory>
#include <sys/types.h>
#include <unistd.h>

namespace headroom {
namespace {

/// A new file as libzip's output. libzip on its own writes to files that it names and renames itself, which
/// AtomicFile does safely.
class ZipOutput {
public:
    explicit ZipOutput(int descriptor) : descriptor_(descriptor) { zip_error_init(&error_); }
    ZipOutput(const ZipOutput&) = delete;
    ZipOutput& operator=(const ZipOutput&) = delete;
    ~ZipOutput() { zip_error_fini(&error_); }

    static zip_int64_t call(void* self, void* data, zip_uint64_t length, zip_source_cmd_t command) {
        return static_cast<ZipOutput*>(self)->run(data, length, command);
    }
    /// errno of the first write that failed; 0 if none did.
    int systemError() const { return systemError_; }

private:
    zip_int64_t run(void* data, zip_uint64_t length, zip_source_cmd_t command) {
        switch (command) {
        case ZIP_SOURCE_SUPPORTS:
            return zip_source_make_command_bitmap(
                ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR,
                ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_BEGIN_WRITE,
                ZIP_SOURCE_COMMIT_WRITE, ZIP_SOURCE_ROLLBACK_WRITE, ZIP_SOURCE_WRITE, ZIP_SOURCE_SEEK_WRITE,
                ZIP_SOURCE_TELL_WRITE, ZIP_SOURCE_REMOVE, -1);
        case ZIP_SOURCE_STAT:
            return stat(data);
        case ZIP_SOURCE_ERROR:
            return zip_error_to_data(&error_, data, length);
        case ZIP_SOURCE_WRITE:
            return write(static_cast<const std::byte*>(data), length);
        case ZIP_SOURCE_SEEK_WRITE:
            return seek(data, length);
        case ZIP_SOURCE_TELL_WRITE:
            return position_;
        default: // there is nothing to read, and AtomicFile keeps or drops the file
            return 0;
        }
    }

    static zip_int64_t stat(void* data) {
        auto* status = static_cast<zip_stat_t*>(data);
        zip_stat_init(status);
        status->size = 0;
        status->valid = ZIP_STAT_SIZE;
        return sizeof(zip_stat_t);
    }
    zip_int64_t write(const std::byte* bytes, zip_uint64_t length) {
        for (zip_uint64_t done = 0; done < length;) {
            const ssize_t written =
                ::pwrite(descriptor_, bytes + done, length - done, static_cast<off_t>(position_));
            if (written < 0 && errno == EINTR)
                continue;
            if (written < 0) {
                systemError_ = errno;
                zip_error_set(&error_, ZIP_ER_WRITE, systemError_);
                return -1;
            }
            done += static_cast<zip_uint64_t>(written);
            position_ += written;
        }
        size_ = std::max(size_, position_);
        return static_cast<zip_int64_t>(length);
    }
    zip_int64_t seek(void* data, zip_uint64_t length) {
        const zip_int64_t position = zip_source_seek_compute_offset(
            static_cast<zip_uint64_t>(position_), static_cast<zip_uint64_t>(size_), data, length, &error_);
        if (position < 0)
            return -1;
        position_ = position;
        return 0;
    }

    int descriptor_;
    zip_error_t error_{};
    int systemError_ = 0;
    zip_int64_t position_ = 0;
    zip_int64_t size_ = 0;
};

[[noreturn]] void fail(const std::string& path, const ZipOutput& output, zip_error_t* error) {
    if (output.systemError() != 0)
        throw systemError("cannot write the file", path, output.systemError());
    throw Error(ErrorKind::Failure, fmt::format("cannot write the zip file ({})", zip_error_strerror(error)),
                path);
}

void add(zip_t* archive, const ZipEntry& entry, const std::string& path, const ZipOutput& output) {
    zip_source_t* source = zip_source_buffer(archive, entry.bytes.data(), entry.bytes.size(), 0);
    const zip_int64_t index = source == nullptr ? -1 : zip_file_add(archive, entry.name.c_str(), source, 0);
    if (index < 0) {
        zip_source_free(source);
        fail(path, output, zip_get_error(archive));
    }
    constexpr std::time_t someDay =
        946728000; // noon of January 1, 2000, so that equal entries give equal bytes
    const auto number = static_cast<zip_uint64_t>(index);
    if (zip_set_file_compression(archive, number, ZIP_CM_STORE, 0) != 0 ||
        zip_file_set_mtime(archive, number, someDay, 0) != 0)
        fail(path, output, zip_get_error(archive));
}

} // namespace

void writeZipFile(const std::string& path, const std::vector<ZipEntry>& entries) {
    AtomicFile file(path);
    if (!file.temporary())
        throw Error(ErrorKind::Input, "a zip file cannot be written to a pipe or device", path,
                    "Name a file.");
    ZipOutput output(file.temporary()->descriptor());
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_function_create(ZipOutput::call, &output, &error);
    std::unique_ptr<zip_t, decltype(&zip_discard)> archive(
        source == nullptr ? nullptr : zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, &error),
        zip_discard);
    if (!archive) {
        zip_source_free(source);
        fail(path, output, &error);
    }
    for (const ZipEntry& entry : entries)
        add(archive.get(), entry, path, output);
    if (zip_close(archive.get()) != 0)
        fail(path, output, zip_get_error(archive.get()));
    static_cast<void>(archive.release()); // freed by zip_close
    file.commit();
}

} // namespace headroom
