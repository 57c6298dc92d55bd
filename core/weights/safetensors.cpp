// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/safetensors.h"

#include "core/support/atomic_file.h"
#include "core/support/error.h"
#include "core/support/rounding.h"
#include "core/weights/checksum_error.h"
#include "core/weights/content_hash.h"
#include "core/weights/file_format.h"
#include "core/weights/input_file.h"
#include "core/weights/safetensors_header.h"

#include <ATen/ops/empty.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <bit>

static_assert(std::endian::native == std::endian::little, "safetensors files are little-endian");

namespace headroom {
namespace {

using Json = nlohmann::json;
using Metadata = std::map<std::string, std::string>;

/// Checksum::Tensors: the hash of the tensors' hashes in alphabetical order, independent of their order in
/// the file.
class TensorsHash {
public:
    /// The hash of a tensor, to which its bytes must be added.
    static ContentHash begin(at::ScalarType type, at::IntArrayRef sizes) {
        ContentHash hash;
        hash.add(fmt::format("{} [{}]\n", safetensorsDtype(type), fmt::join(sizes, ",")));
        return hash;
    }
    void add(const std::string& name, const ContentHash& tensor) { tensors_[name] = tensor.value(); }
    std::string value() const {
        ContentHash hash;
        for (const auto& [name, tensor] : tensors_)
            hash.add(fmt::format("{} {} {}\n", name.size(), name, tensor));
        return hash.value();
    }

private:
    std::map<std::string, std::string> tensors_;
};

void checkBooleans(const std::string& path, const std::string& name, const at::Tensor& tensor) {
    const auto* bytes = static_cast<const std::uint8_t*>(tensor.data_ptr());
    if (std::any_of(bytes, bytes + tensor.numel(), [](std::uint8_t byte) { return byte > 1; }))
        throw Error(ErrorKind::Input,
                    fmt::format("tensor '{}' contains values other than true and false", name), path,
                    "The file is damaged or not a safetensors file.");
}

bool matches(const Metadata& metadata, const char* key, const std::string& value) {
    const auto expected = metadata.find(key);
    return expected == metadata.end() || expected->second == value;
}

/// Calls `use` with all bytes of a tensor that is not kept, which may be larger than memory.
template <typename Use>
void readInBlocks(InputFile& file, std::uint64_t bytes, const Use& use) {
    constexpr std::uint64_t blockBytes = 1 << 20;
    std::vector<std::byte> block(std::min(bytes, blockBytes));
    while (bytes > 0) {
        const std::uint64_t count = std::min(bytes, blockBytes);
        file.read(block.data(), count);
        use(block.data(), count);
        bytes -= count;
    }
}

Safetensors readContent(const std::string& path, const TensorFilter& wanted) {
    requireSafetensors(path);
    InputFile file(path);
    SafetensorsHeader header = readSafetensorsHeader(file);
    Safetensors content;
    ContentHash everything;
    TensorsHash tensors;
    everything.add(header.hashed);
    const bool hasChecksum =
        header.metadata.contains(checksumKey) || header.metadata.contains(tensorsChecksumKey);
    for (const TensorEntry& entry : header.entries) {
        ContentHash hash = TensorsHash::begin(entry.type, entry.shape);
        const auto addBytes = [&](const void* bytes, std::uint64_t count) {
            everything.add(bytes, count);
            hash.add(bytes, count);
        };
        if (!wanted || wanted(entry.name)) {
            at::Tensor tensor = at::empty(entry.shape, entry.type);
            file.read(tensor.data_ptr(), tensor.nbytes());
            addBytes(tensor.data_ptr(), tensor.nbytes());
            if (entry.type == at::kBool)
                checkBooleans(path, entry.name, tensor);
            content.tensors.emplace(entry.name, std::move(tensor));
        } else if (hasChecksum) {
            readInBlocks(file, entry.end - entry.begin, addBytes);
        } else {
            file.skip(entry.end - entry.begin);
        }
        tensors.add(entry.name, hash);
    }
    content.metadata = std::move(header.metadata);
    content.isUnchanged = matches(content.metadata, checksumKey, everything.value()) &&
                          matches(content.metadata, tensorsChecksumKey, tensors.value());
    return content;
}

struct Item {
    std::string name;
    at::Tensor tensor; // on the CPU, contiguous
};

/// Sorts the widest types first, so that each tensor is aligned to its element size.
std::vector<Item> sortedItems(const TensorMap& tensors) {
    std::vector<Item> items;
    for (const auto& [name, tensor] : tensors)
        items.push_back({name, tensor.detach().to(at::kCPU).contiguous()});
    std::stable_sort(items.begin(), items.end(), [](const Item& a, const Item& b) {
        return a.tensor.element_size() > b.tensor.element_size();
    });
    return items;
}

Json describe(const std::string& path, const std::vector<Item>& items) {
    Json header = Json::object();
    std::uint64_t position = 0;
    for (const auto& [name, tensor] : items) {
        const char* dtype = safetensorsDtype(tensor.scalar_type());
        if (dtype == nullptr)
            throw Error(
                ErrorKind::Failure,
                fmt::format("cannot store tensor '{}' of type {}", name, c10::toString(tensor.scalar_type())),
                path);
        const std::uint64_t end = position + tensor.nbytes();
        header[name] = {{"dtype", dtype}, {"shape", tensor.sizes().vec()}, {"data_offsets", {position, end}}};
        position = end;
    }
    return header;
}

std::string everythingChecksum(const Json& header, const std::vector<Item>& items) {
    ContentHash hash;
    hash.add(hashedHeader(header));
    for (const Item& item : items)
        hash.add(item.tensor.data_ptr(), item.tensor.nbytes());
    return hash.value();
}

std::string tensorsChecksum(const std::vector<Item>& items) {
    TensorsHash tensors;
    for (const auto& [name, tensor] : items) {
        ContentHash hash = TensorsHash::begin(tensor.scalar_type(), tensor.sizes());
        hash.add(tensor.data_ptr(), tensor.nbytes());
        tensors.add(name, hash);
    }
    return tensors.value();
}

/// Adds the metadata and the checksum. Removes the other checksum, which the metadata of a file may contain.
Json withMetadata(Json header, Metadata metadata, const std::vector<Item>& items, Checksum checksum) {
    metadata.erase(checksumKey);
    metadata.erase(tensorsChecksumKey);
    header["__metadata__"] = metadata;
    const bool everything = checksum == Checksum::Everything;
    header["__metadata__"][everything ? checksumKey : tensorsChecksumKey] =
        everything ? everythingChecksum(header, items) : tensorsChecksum(items);
    return header;
}

} // namespace

void requireUnchanged(bool isUnchanged, const std::string& path) {
    if (isUnchanged)
        return;
    throw Error(ErrorKind::Input,
                "the checksum does not match: the file was changed by another program, or it is damaged",
                path,
                "If the change was intended, import it: `headroom import FILE -o NEW.safetensors`. Otherwise "
                "get an undamaged copy.");
}

Safetensors readSafetensors(const std::string& path, const TensorFilter& wanted) {
    Safetensors content = readContent(path, wanted);
    requireUnchanged(content.isUnchanged, path);
    return content;
}

Safetensors readChangedSafetensors(const std::string& path, const TensorFilter& wanted) {
    return readContent(path, wanted);
}

Safetensors readSafetensorsOutline(const std::string& path) {
    requireSafetensors(path);
    InputFile file(path);
    SafetensorsHeader header = readSafetensorsHeader(file);
    Safetensors outline;
    for (const TensorEntry& entry : header.entries)
        outline.tensors[entry.name] = at::empty(entry.shape, at::TensorOptions(at::kMeta).dtype(entry.type));
    outline.metadata = std::move(header.metadata);
    return outline;
}

std::map<std::string, std::string> readSafetensorsMetadata(const std::string& path) {
    requireSafetensors(path);
    InputFile file(path);
    return readSafetensorsHeader(file).metadata;
}

void writeSafetensors(const std::string& path, const TensorMap& tensors, const Metadata& metadata,
                      Checksum checksum) {
    const std::vector<Item> items = sortedItems(tensors);
    const Json header = withMetadata(describe(path, items), metadata, items, checksum);
    std::string text = header.dump(-1, ' ', false, Json::error_handler_t::replace);
    text.resize(roundUp(text.size(), headerLengthBytes), ' ');
    const std::uint64_t length = text.size();
    AtomicFile file(path);
    file.write(std::as_bytes(std::span(&length, 1)));
    file.write(text);
    for (const Item& item : items)
        file.write({static_cast<const std::byte*>(item.tensor.data_ptr()), item.tensor.nbytes()});
    file.commit();
}

} // namespace headroom
