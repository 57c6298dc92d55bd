// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/weights/safetensors.h"

#include <ATen/core/Tensor.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

/// Weights files with gigabytes of zeros, which take no space on the disk.
namespace headroom::test {

/// A safetensors file with `tensors` (float, contiguous) and then `name`, of zeros.
/// @param metadata as JSON
inline void writeSparseSafetensors(const std::string& path, const TensorMap& tensors, const std::string& name,
                                   std::uint64_t zeros, const std::string& metadata = "{}") {
    std::string header = "{\"__metadata__\":" + metadata;
    std::string data;
    const auto describe = [&](const std::string& tensor, const std::string& shape, std::uint64_t bytes) {
        header += fmt::format(R"(,"{}":{{"dtype":"F32","shape":[{}],"data_offsets":[{},{}]}})", tensor, shape,
                              data.size(), data.size() + bytes);
    };
    for (const auto& [given, tensor] : tensors) {
        describe(given, fmt::format("{}", fmt::join(tensor.sizes(), ",")), tensor.nbytes());
        data.append(static_cast<const char*>(tensor.data_ptr()), tensor.nbytes());
    }
    describe(name, std::to_string(zeros), zeros * sizeof(float));
    header += '}';
    const std::uint64_t length = header.size();
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(&length), sizeof length);
    file << header << data;
    file.close();
    std::filesystem::resize_file(path, sizeof length + length + data.size() + zeros * sizeof(float));
}

/// An entry of a zip file: contents, or a number of zeros.
struct SparseEntry {
    std::string name;
    std::string contents = {};
    std::uint32_t zeros = 0;
    std::uint16_t method = 0; ///< 0: stored, 8: deflated
};

/// A zip file with these entries, below 4 GiB. Checksums are right for entries without zeros.
inline void writeSparseZip(const std::string& path, const std::vector<SparseEntry>& entries) {
    const auto append = [](std::string& bytes, auto... fields) {
        (bytes.append(reinterpret_cast<const char*>(&fields), sizeof fields), ...);
    };
    const auto crc32 = [](const std::string& bytes) {
        std::uint32_t crc = ~0U;
        for (const unsigned char byte : bytes) {
            crc ^= byte;
            for (int bit = 0; bit < 8; ++bit)
                crc = crc >> 1 ^ (crc % 2 == 1 ? 0xedb88320U : 0U);
        }
        return ~crc;
    };
    std::ofstream file(path, std::ios::binary);
    std::string directory;
    for (const SparseEntry& entry : entries) {
        const auto offset = static_cast<std::uint32_t>(file.tellp());
        const auto size = static_cast<std::uint32_t>(entry.contents.size() + entry.zeros);
        // Version, flags, method, time, date, checksum, sizes, lengths of name and extra field.
        std::string common;
        append(common, std::uint16_t{20}, std::uint16_t{0}, entry.method, std::uint32_t{0},
               crc32(entry.contents), size, size, static_cast<std::uint16_t>(entry.name.size()),
               std::uint16_t{0});
        file << "PK\3\4" << common << entry.name << entry.contents;
        file.seekp(entry.zeros, std::ios::cur);
        directory += "PK\1\2";
        append(directory, std::uint16_t{20});
        directory += common;
        // Comment, disk, attributes.
        append(directory, std::uint16_t{0}, std::uint16_t{0}, std::uint16_t{0}, std::uint32_t{0}, offset);
        directory += entry.name;
    }
    const auto start = static_cast<std::uint32_t>(file.tellp());
    const auto count = static_cast<std::uint16_t>(entries.size());
    std::string end = "PK\5\6";
    append(end, std::uint32_t{0}, count, count, static_cast<std::uint32_t>(directory.size()), start,
           std::uint16_t{0});
    file << directory << end;
}

} // namespace headroom::test
