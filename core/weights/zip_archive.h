#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

struct zip;

namespace headroom {

/// A zip file whose entries are stored, not compressed, as PyTorch writes them; so no entry is longer than
/// the file. Opened for reading. One thread. Throws Error (Input), naming the file.
class ZipArchive {
public:
    explicit ZipArchive(std::string path);

    const std::string& path() const { return path_; }
    std::uint64_t fileSize() const { return fileSize_; }
    /// In the file's order.
    const std::vector<std::string>& names() const { return names_; }
    bool contains(const std::string& name) const { return indices_.contains(name); }
    std::uint64_t size(const std::string& name) const;
    /// The whole entry into a place for exactly size(name) bytes; its checksum is verified.
    void read(const std::string& name, void* bytes) const;

private:
    struct Closer {
        void operator()(zip* archive) const;
    };
    [[noreturn]] void refuse(const std::string& what) const;
    std::uint64_t index(const std::string& name) const;

    std::string path_;
    std::uint64_t fileSize_ = 0;
    std::unique_ptr<zip, Closer> archive_;
    std::vector<std::string> names_;
    std::unordered_map<std::string, std::uint64_t> indices_;
};

} // namespace headroom
