// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
/// Untrusted pickles: the input is data.pkl in a valid zip file with three storages, so that the fuzzer need
/// not find a correct checksum.
#include "core/config/yaml_document.h"
#include "core/weights/hyper_parameters.h"
#include "core/weights/torch_archive.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/require_message.h"

#include <ATen/core/Tensor.h>
#include <yaml-cpp/yaml.h>

#include <string_view>
#include <zlib.h>

using namespace headroom;

namespace {

void append(std::string& bytes, std::uint64_t number, int width) {
    for (int i = 0; i < width; ++i)
        bytes += static_cast<char>(number >> (8 * i));
}

/// A zip file of stored entries: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT.
class StoredZip {
public:
    void add(std::string_view name, std::string_view content) {
        constexpr std::uint64_t version = 20;
        constexpr std::uint64_t day = 0x21; // 1980-01-01
        const auto* bytes = reinterpret_cast<const Bytef*>(content.data());
        std::string common;
        append(common, version, 2);
        append(common, 0, 4); // no flags, stored
        append(common, 0, 2);
        append(common, day, 2);
        append(common, crc32(0, bytes, static_cast<uInt>(content.size())), 4);
        append(common, content.size(), 4);
        append(common, content.size(), 4);
        append(common, name.size(), 2);
        append(common, 0, 2); // no extra field
        append(directory_, 0x02014b50, 4);
        append(directory_, version, 2);
        directory_ += common;
        directory_.append(10, '\0'); // no comment, first disk, no attributes
        append(directory_, entries_.size(), 4);
        directory_ += name;
        append(entries_, 0x04034b50, 4);
        entries_.append(common).append(name).append(content);
        ++count_;
    }
    std::string bytes() const {
        std::string all = entries_ + directory_;
        append(all, 0x06054b50, 4);
        append(all, 0, 4);
        append(all, count_, 2);
        append(all, count_, 2);
        append(all, directory_.size(), 4);
        append(all, entries_.size(), 4);
        append(all, 0, 2);
        return all;
    }

private:
    std::string entries_;
    std::string directory_;
    std::uint64_t count_ = 0;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static fuzz::MemoryFile file;
    StoredZip zip;
    zip.add("archive/data.pkl", {reinterpret_cast<const char*>(data), size});
    zip.add("archive/byteorder", "little");
    zip.add("archive/data/0", std::string(96, 'a'));
    zip.add("archive/data/1", std::string(16, '\1'));
    zip.add("archive/data/2", std::string(8, '\2'));
    const std::string bytes = zip.bytes();
    file.set({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    try {
        for (const auto& [name, tensor] : readTorchArchive(file.path()).tensors)
            tensor.contiguous();
        if (const auto parameters = readHyperParameters(file.path()))
            parseYaml(*parameters, "hyper_parameters");
    } catch (const Error& error) {
        fuzz::requireMessage(error);
    }
    return 0;
}
