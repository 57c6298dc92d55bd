// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/zip_archive.h"

#include "core/support/system_error.h"
#include "core/weights/input_file.h"

#include <fmt/format.h>
#include <zip.h>

namespace headroom {

void ZipArchive::Closer::operator()(zip* archive) const {
    zip_discard(archive);
}

ZipArchive::ZipArchive(std::string path) : path_(std::move(path)), fileSize_(InputFile(path_).size()) {
    int code = 0;
    archive_.reset(zip_open(path_.c_str(), ZIP_RDONLY, &code));
    if (!archive_) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        fail("cannot read the zip file", &error);
    }
    const auto count = zip_get_num_entries(archive_.get(), 0);
    for (zip_int64_t i = 0; i < count; ++i) {
        const char* name = zip_get_name(archive_.get(), static_cast<zip_uint64_t>(i), ZIP_FL_ENC_RAW);
        if (name == nullptr)
            reject(fmt::format("entry {} of the zip file has no name", i));
        names_.emplace_back(name);
        indices_.emplace(name, static_cast<std::uint64_t>(i));
    }
}

std::uint64_t ZipArchive::index(const std::string& name) const {
    const auto found = indices_.find(name);
    if (found == indices_.end())
        reject(fmt::format("the zip file has no entry '{}'", name));
    return found->second;
}

std::uint64_t ZipArchive::size(const std::string& name) const {
    zip_stat_t status;
    zip_stat_init(&status);
    if (zip_stat_index(archive_.get(), index(name), 0, &status) != 0)
        reject(fmt::format("the zip entry '{}' is damaged", name));
    if (status.comp_method != ZIP_CM_STORE || status.encryption_method != ZIP_EM_NONE)
        reject(fmt::format("the zip entry '{}' is compressed or encrypted, unlike those of PyTorch", name));
    if (status.size != status.comp_size || status.size > fileSize_)
        reject(fmt::format("the zip entry '{}' claims an impossible size of {} bytes", name, status.size));
    return status.size;
}

void ZipArchive::read(const std::string& name, void* bytes) const {
    const auto closeEntry = [](zip_file_t* entry) { zip_fclose(entry); };
    const std::unique_ptr<zip_file_t, decltype(closeEntry)> entry(
        zip_fopen_index(archive_.get(), index(name), 0), closeEntry);
    if (!entry)
        fail(fmt::format("cannot read the zip entry '{}'", name), zip_get_error(archive_.get()));
    auto* target = static_cast<std::byte*>(bytes);
    std::uint64_t remaining = size(name);
    while (remaining > 0) {
        const auto got = zip_fread(entry.get(), target, remaining);
        if (got <= 0)
            fail(fmt::format("the zip entry '{}' is damaged", name), zip_file_get_error(entry.get()));
        target += got;
        remaining -= static_cast<std::uint64_t>(got);
    }
    // libzip verifies the checksum at the end of the entry.
    std::byte beyond{};
    if (zip_fread(entry.get(), &beyond, 1) != 0)
        fail(fmt::format("the zip entry '{}' is damaged", name), zip_file_get_error(entry.get()));
}

void ZipArchive::reject(const std::string& what) const {
    throw Error(ErrorKind::Input, what, path_,
                "The file is damaged or was not written by torch.save of PyTorch 1.6 or later.");
}

void ZipArchive::fail(const std::string& what, zip_error* error) const {
    // Opening has succeeded already, so only a failed read can have a cause other than the contents of the
    // file.
    const int code = zip_error_code_zip(error) == ZIP_ER_READ ? zip_error_code_system(error) : 0;
    const std::string reason = zip_error_strerror(error);
    zip_error_fini(error);
    if (code != 0)
        throw systemError("cannot be read", path_, code);
    reject(fmt::format("{} ({})", what, reason));
}

} // namespace headroom
