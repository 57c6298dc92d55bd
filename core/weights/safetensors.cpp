#include "core/weights/safetensors.h"

#include "core/support/atomic_file.h"
#include "core/support/error.h"
#include "core/weights/input_file.h"

#include <ATen/ops/empty.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <memory>
#include <optional>

static_assert(std::endian::native == std::endian::little, "safetensors files are little-endian");

namespace headroom {
namespace {

using Json = nlohmann::json;

constexpr std::uint64_t lengthBytes = 8;
constexpr std::uint64_t longestHeader = 100'000'000; // the format's own limit

struct DtypeName {
    const char* name;
    at::ScalarType type;
};
constexpr std::array<DtypeName, 10> dtypeNames = {{{"BOOL", at::kBool},
                                                   {"U8", at::kByte},
                                                   {"I8", at::kChar},
                                                   {"I16", at::kShort},
                                                   {"I32", at::kInt},
                                                   {"I64", at::kLong},
                                                   {"F16", at::kHalf},
                                                   {"BF16", at::kBFloat16},
                                                   {"F32", at::kFloat},
                                                   {"F64", at::kDouble}}};

/// Where a tensor lies in the payload.
struct Entry {
    std::string name;
    at::ScalarType type;
    std::vector<std::int64_t> shape;
    std::uint64_t begin;
    std::uint64_t end;
};

struct Header {
    std::vector<Entry> entries; // in the payload's order
    std::map<std::string, std::string> metadata;
    std::string hashed; // what the checksum takes of the header
};

class ContentHash {
public:
    ContentHash() : state_(XXH3_createState(), &XXH3_freeState) { XXH3_64bits_reset(state_.get()); }
    void add(const void* bytes, std::uint64_t count) { XXH3_64bits_update(state_.get(), bytes, count); }
    std::string value() const { return fmt::format("{:016x}", XXH3_64bits_digest(state_.get())); }

private:
    std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state_;
};

[[noreturn]] void refuse(const std::string& path, const std::string& what) {
    throw Error(ErrorKind::Input, what, path, "The file is damaged or is no safetensors file.");
}

/// The bytes that a shape takes; nothing where the count does not fit 63 bits.
std::optional<std::uint64_t> byteCount(const std::vector<std::int64_t>& shape, at::ScalarType type) {
    constexpr auto limit = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    std::uint64_t withoutZeros = c10::elementSize(type); // ATen's strides multiply past a zero
    bool empty = false;
    for (const std::int64_t size : shape) {
        const auto factor = static_cast<std::uint64_t>(std::max<std::int64_t>(size, 1));
        if (withoutZeros > limit / factor)
            return std::nullopt;
        withoutZeros *= factor;
        empty = empty || size == 0;
    }
    return empty ? 0 : withoutZeros;
}

std::vector<std::int64_t> parseShape(const std::string& path, const std::string& name, const Json& sizes) {
    if (!sizes.is_array() || sizes.size() > highestRank)
        refuse(path, fmt::format("tensor '{}' has no shape that we can take", name));
    std::vector<std::int64_t> shape;
    for (const Json& size : sizes) {
        if (!size.is_number_unsigned() ||
            size.get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max())
            refuse(path, fmt::format("tensor '{}' has a size that is no natural number", name));
        shape.push_back(size.get<std::int64_t>());
    }
    return shape;
}

at::ScalarType parseDtype(const std::string& path, const std::string& name, const Json& dtype) {
    for (const auto& known : dtypeNames) {
        if (dtype == known.name)
            return known.type;
    }
    throw Error(ErrorKind::Input, fmt::format("tensor '{}' is of an unknown type {}", name, dtype.dump()),
                path, "Types we read: BOOL U8 I8 I16 I32 I64 F16 BF16 F32 F64.");
}

Entry parseEntry(const std::string& path, const std::string& name, const Json& description) {
    if (!description.is_object() || !description.contains("dtype") || !description.contains("shape") ||
        !description.contains("data_offsets"))
        refuse(path, fmt::format("tensor '{}' lacks dtype, shape or data_offsets", name));
    const Json& offsets = description["data_offsets"];
    if (!offsets.is_array() || offsets.size() != 2 || !offsets[0].is_number_unsigned() ||
        !offsets[1].is_number_unsigned())
        refuse(path, fmt::format("tensor '{}' has no two data_offsets", name));

    Entry entry{name, parseDtype(path, name, description["dtype"]),
                parseShape(path, name, description["shape"]), offsets[0].get<std::uint64_t>(),
                offsets[1].get<std::uint64_t>()};
    const auto bytes = byteCount(entry.shape, entry.type);
    if (!bytes)
        refuse(path, fmt::format("the shape of tensor '{}' is too large for any memory", name));
    if (entry.end < entry.begin || entry.end - entry.begin != *bytes)
        refuse(path, fmt::format("tensor '{}' needs {} bytes, its offsets are {} to {}", name, *bytes,
                                 entry.begin, entry.end));
    return entry;
}

/// Parsed without trust: a name twice or a nesting deeper than the format has would be taken silently else.
Json parseJson(const std::string& path, const std::string& text) {
    constexpr int deepest = 3;
    std::size_t names = 0;
    const auto watch = [&](int depth, Json::parse_event_t event, const Json&) {
        if (depth > deepest)
            refuse(path, "the header is nested too deeply");
        names += depth == 1 && event == Json::parse_event_t::key;
        return true;
    };
    try {
        Json header = Json::parse(text, watch);
        if (!header.is_object())
            refuse(path, "the header is no JSON object");
        if (header.size() != names)
            refuse(path, "the header names a tensor twice");
        return header;
    } catch (const Json::exception& error) {
        refuse(path, fmt::format("the header is no valid JSON ({})", error.what()));
    }
}

std::map<std::string, std::string> parseMetadata(const std::string& path, const Json& object) {
    std::map<std::string, std::string> metadata;
    if (!object.is_object())
        refuse(path, "__metadata__ is no object");
    for (const auto& [key, value] : object.items()) {
        if (!value.is_string())
            refuse(path, fmt::format("__metadata__ '{}' is no string", key));
        metadata[key] = value.get<std::string>();
    }
    return metadata;
}

/// The header in a form that its layout as text has no influence on, but for the checksum itself.
std::string hashedHeader(Json header) {
    if (const auto metadata = header.find("__metadata__"); metadata != header.end())
        metadata->erase(checksumKey);
    return header.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Header readHeader(InputFile& file) {
    const std::string& path = file.path();
    if (file.size() < lengthBytes)
        refuse(path, fmt::format("the file is cut short: {} bytes", file.size()));
    std::uint64_t length = 0;
    file.read(&length, lengthBytes);
    if (length > longestHeader)
        refuse(path, fmt::format("a header of {} bytes is claimed; {} are allowed", length, longestHeader));
    if (length > file.size() - lengthBytes)
        refuse(path, fmt::format("the file is cut short within its header of {} bytes", length));
    std::string text(length, '\0');
    file.read(text.data(), length);

    Header header;
    const Json json = parseJson(path, text);
    header.hashed = hashedHeader(json);
    for (const auto& [name, description] : json.items()) {
        if (name == "__metadata__")
            header.metadata = parseMetadata(path, description);
        else
            header.entries.push_back(parseEntry(path, name, description));
    }
    std::sort(header.entries.begin(), header.entries.end(), [](const Entry& a, const Entry& b) {
        return std::tie(a.begin, a.end, a.name) < std::tie(b.begin, b.end, b.name);
    });
    std::uint64_t position = 0;
    for (const Entry& entry : header.entries) {
        if (entry.begin != position)
            refuse(path, fmt::format("tensor '{}' overlaps another or leaves a gap at byte {}", entry.name,
                                     entry.begin));
        position = entry.end;
    }
    const std::uint64_t payload = file.size() - lengthBytes - length;
    if (payload != position)
        refuse(path, fmt::format("the tensors need {} bytes, the file has {}", position, payload));
    return header;
}

void checkBooleans(const std::string& path, const std::string& name, const at::Tensor& tensor) {
    const auto* bytes = static_cast<const std::uint8_t*>(tensor.data_ptr());
    if (std::any_of(bytes, bytes + tensor.numel(), [](std::uint8_t byte) { return byte > 1; }))
        refuse(path, fmt::format("tensor '{}' holds something other than true and false", name));
}

at::Tensor onHost(const at::Tensor& tensor) {
    return tensor.detach().to(at::kCPU).contiguous();
}

const char* dtypeName(const std::string& path, const std::string& name, at::ScalarType type) {
    for (const auto& known : dtypeNames) {
        if (type == known.type)
            return known.name;
    }
    throw Error(ErrorKind::Failure,
                fmt::format("tensor '{}' of type {} cannot be stored", name, c10::toString(type)), path);
}

std::span<const std::byte> bytesOf(const at::Tensor& tensor) {
    return {static_cast<const std::byte*>(tensor.data_ptr()), tensor.nbytes()};
}

} // namespace

Safetensors readSafetensors(const std::string& path,
                            const std::function<bool(const std::string& name)>& wanted) {
    InputFile file(path);
    Header header = readHeader(file);
    Safetensors content;
    ContentHash hash;
    hash.add(header.hashed.data(), header.hashed.size());
    for (const Entry& entry : header.entries) {
        at::Tensor tensor = at::empty(entry.shape, entry.type);
        file.read(tensor.data_ptr(), tensor.nbytes());
        hash.add(tensor.data_ptr(), tensor.nbytes());
        if (wanted && !wanted(entry.name))
            continue;
        if (entry.type == at::kBool)
            checkBooleans(path, entry.name, tensor);
        content.tensors.emplace(entry.name, std::move(tensor));
    }
    content.metadata = std::move(header.metadata);
    const auto expected = content.metadata.find(checksumKey);
    if (expected != content.metadata.end() && expected->second != hash.value())
        refuse(path, "the checksum does not match: some bytes have changed since the file was written");
    return content;
}

std::map<std::string, std::string> readSafetensorsMetadata(const std::string& path) {
    InputFile file(path);
    return readHeader(file).metadata;
}

void writeSafetensors(const std::string& path, const TensorMap& tensors,
                      const std::map<std::string, std::string>& metadata) {
    struct Item {
        std::string name;
        at::Tensor tensor;
    };
    std::vector<Item> items;
    for (const auto& [name, tensor] : tensors)
        items.push_back({name, onHost(tensor)});
    // The widest types first: so each tensor is aligned to its element.
    std::stable_sort(items.begin(), items.end(), [](const Item& a, const Item& b) {
        return a.tensor.element_size() > b.tensor.element_size();
    });

    Json header = Json::object();
    std::uint64_t position = 0;
    for (const Item& item : items) {
        const std::uint64_t end = position + item.tensor.nbytes();
        header[item.name] = {{"dtype", dtypeName(path, item.name, item.tensor.scalar_type())},
                             {"shape", item.tensor.sizes().vec()},
                             {"data_offsets", {position, end}}};
        position = end;
    }
    header["__metadata__"] = metadata;
    const std::string hashed = hashedHeader(header);
    ContentHash hash;
    hash.add(hashed.data(), hashed.size());
    for (const Item& item : items)
        hash.add(item.tensor.data_ptr(), item.tensor.nbytes());
    header["__metadata__"][checksumKey] = hash.value();

    std::string text = header.dump(-1, ' ', false, Json::error_handler_t::replace);
    text.resize((text.size() + lengthBytes - 1) / lengthBytes * lengthBytes, ' ');
    const std::uint64_t length = text.size();
    AtomicFile file(path);
    file.write(std::as_bytes(std::span(&length, 1)));
    file.write(text);
    for (const Item& item : items)
        file.write(bytesOf(item.tensor));
    file.commit();
}

} // namespace headroom
