// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

struct zip;
struct zip_error;

namespace headroom {

/// Reads a zip file with uncompressed entries, as PyTorch writes them. An entry is therefore never longer
/// than the file. All functions throw Error with the path: Input, or a systemError if a read fails. One
/// thread.
class ZipArchive {
public:
    explicit ZipArchive(std::string path);

    const std::string& path() const { return path_; }
    std::uint64_t fileSize() const { return fileSize_; }
    /// In file order.
    const std::vector<std::string>& names() const { return names_; }
    bool contains(const std::string& name) const { return indices_.contains(name); }
    std::uint64_t size(const std::string& name) const;
    /// Reads the whole entry and verifies its checksum.
    /// @param bytes buffer of size(name) bytes
    void read(const std::string& name, void* bytes) const;

private:
    struct Closer {
        void operator()(zip* archive) const;
    };
    [[noreturn]] void reject(const std::string& what) const;
    /// @param error the reason that libzip gives
    [[noreturn]] void fail(const std::string& what, zip_error* error) const;
    std::uint64_t index(const std::string& name) const;

    std::string path_;
    std::uint64_t fileSize_ = 0;
    std::unique_ptr<zip, Closer> archive_;
    std::vector<std::string> names_;
    std::unordered_map<std::string, std::uint64_t> indices_;
};

} // namespace headroom
