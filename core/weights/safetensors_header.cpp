// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/safetensors_header.h"

#include "core/support/error.h"
#include "core/weights/input_file.h"
#include "core/weights/safetensors.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <tuple>

namespace headroom {
namespace {

using Json = nlohmann::json;

constexpr std::uint64_t maximumHeader = 100'000'000; // the format's own limit

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

[[noreturn]] void reject(const std::string& path, const std::string& what) {
    throw Error(ErrorKind::Input, what, path, "The file is damaged or not a safetensors file.");
}

/// Size of a tensor in bytes. Absent if it does not fit 63 bits.
std::optional<std::uint64_t> byteCount(const std::vector<std::int64_t>& shape, at::ScalarType type) {
    constexpr auto limit = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    std::uint64_t withoutZeros = c10::elementSize(type); // as ATen's strides ignore zero sizes
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
        reject(path, fmt::format("tensor '{}' has no valid shape", name));
    std::vector<std::int64_t> shape;
    for (const Json& size : sizes) {
        if (!size.is_number_unsigned() ||
            size.get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max())
            reject(path, fmt::format("tensor '{}' has a size that is not a natural number", name));
        shape.push_back(size.get<std::int64_t>());
    }
    return shape;
}

at::ScalarType parseDtype(const std::string& path, const std::string& name, const Json& dtype) {
    for (const auto& known : dtypeNames) {
        if (dtype == known.name)
            return known.type;
    }
    const std::string text = dtype.is_string() ? dtype.get<std::string>() : std::string();
    if (text.starts_with("F8") || text.starts_with("F6") || text.starts_with("F4"))
        throw Error(ErrorKind::Input,
                    fmt::format("the weights are quantized: tensor '{}' has the type {}", name, text), path,
                    "Use the original weights, in 16 or 32 bits.");
    throw Error(ErrorKind::Input, fmt::format("tensor '{}' has the unknown type {}", name, dtype.dump()),
                path, "Supported types: BOOL U8 I8 I16 I32 I64 F16 BF16 F32 F64.");
}

TensorEntry parseEntry(const std::string& path, const std::string& name, const Json& description) {
    if (!description.is_object() || !description.contains("dtype") || !description.contains("shape") ||
        !description.contains("data_offsets"))
        reject(path, fmt::format("tensor '{}' lacks dtype, shape or data_offsets", name));
    const Json& offsets = description["data_offsets"];
    if (!offsets.is_array() || offsets.size() != 2 || !offsets[0].is_number_unsigned() ||
        !offsets[1].is_number_unsigned())
        reject(path, fmt::format("data_offsets of tensor '{}' must be two numbers", name));

    TensorEntry entry{name, parseDtype(path, name, description["dtype"]),
                      parseShape(path, name, description["shape"]), offsets[0].get<std::uint64_t>(),
                      offsets[1].get<std::uint64_t>()};
    const auto bytes = byteCount(entry.shape, entry.type);
    if (!bytes)
        reject(path, fmt::format("the shape of tensor '{}' is too large", name));
    if (entry.end < entry.begin || entry.end - entry.begin != *bytes)
        reject(path, fmt::format("tensor '{}' needs {} bytes, but its offsets are {} to {}", name, *bytes,
                                 entry.begin, entry.end));
    return entry;
}

/// SAX pass over the header before it is parsed. Finds what the parsed document no longer shows (duplicate
/// names) and limits nesting and memory.
class HeaderCheck final : public nlohmann::json_sax<Json> {
public:
    bool null() override { return countValue(); }
    bool boolean(bool) override { return countValue(); }
    bool number_integer(number_integer_t) override { return countValue(); }
    bool number_unsigned(number_unsigned_t) override { return countValue(); }
    bool number_float(number_float_t, const string_t&) override { return countValue(); }
    bool string(string_t&) override { return countValue(); }
    bool binary(binary_t&) override { return countValue(); }
    bool start_object(std::size_t) override { return descend(); }
    bool end_object() override { return ascend(); }
    bool start_array(std::size_t) override { return descend(); }
    bool end_array() override { return ascend(); }
    bool key(string_t&) override {
        constexpr std::size_t maximumNames = 100'001; // with __metadata__
        names_ += depth_ == 1;
        if (names_ > maximumNames)
            fault_ = "the header has more than 100,000 tensors";
        return fault_.empty() && countValue();
    }
    bool parse_error(std::size_t, const std::string&, const Json::exception& error) override {
        fault_ = fmt::format("the header is not valid JSON ({})", error.what());
        return false;
    }

    const std::string& fault() const { return fault_; } ///< empty if none
    std::size_t names() const { return names_; }        ///< keys of the outermost object

private:
    bool countValue() {
        constexpr std::size_t maximumValues = 2'000'000;
        if (++values_ > maximumValues)
            fault_ = "the header has more than 2,000,000 values";
        return fault_.empty();
    }
    bool descend() {
        constexpr int maximumDepth = 3;
        if (++depth_ > maximumDepth)
            fault_ = "the header is nested too deeply";
        return fault_.empty() && countValue();
    }
    bool ascend() {
        --depth_;
        return true;
    }

    int depth_ = 0;
    std::size_t names_ = 0;
    std::size_t values_ = 0;
    std::string fault_;
};

Json parseJson(const std::string& path, const std::string& text) {
    HeaderCheck check;
    if (!Json::sax_parse(text, &check))
        reject(path, check.fault());
    Json header = Json::parse(text);
    if (!header.is_object())
        reject(path, "the header is not a JSON object");
    if (header.size() != check.names())
        reject(path, "the header lists a tensor twice");
    return header;
}

std::map<std::string, std::string> parseMetadata(const std::string& path, const Json& object) {
    std::map<std::string, std::string> metadata;
    if (!object.is_object())
        reject(path, "__metadata__ is not an object");
    for (const auto& [key, value] : object.items()) {
        if (!value.is_string())
            reject(path, fmt::format("__metadata__ '{}' is not a string", key));
        metadata[key] = value.get<std::string>();
    }
    return metadata;
}

/// Reads the header as text. Checks its length against the file size.
std::string readHeaderText(InputFile& file) {
    const std::string& path = file.path();
    if (file.size() < headerLengthBytes)
        reject(path, fmt::format("the file is truncated: it has {} bytes", file.size()));
    std::uint64_t length = 0;
    file.read(&length, headerLengthBytes);
    if (length > maximumHeader)
        reject(path,
               fmt::format("the header claims {} bytes, but only {} are allowed", length, maximumHeader));
    if (length > file.size() - headerLengthBytes)
        reject(path, fmt::format("the file is truncated within its header of {} bytes", length));
    std::string text(length, '\0');
    file.read(text.data(), length);
    return text;
}

/// Sorts the tensors by offset and checks that they fill the file without gaps or overlap.
void sortByOffset(std::vector<TensorEntry>& entries, const std::string& path, std::uint64_t payload) {
    std::sort(entries.begin(), entries.end(), [](const TensorEntry& a, const TensorEntry& b) {
        return std::tie(a.begin, a.end, a.name) < std::tie(b.begin, b.end, b.name);
    });
    std::uint64_t position = 0;
    for (const TensorEntry& entry : entries) {
        if (entry.begin != position)
            reject(path, fmt::format("tensor '{}' overlaps another or leaves a gap at byte {}", entry.name,
                                     entry.begin));
        position = entry.end;
    }
    if (payload != position)
        reject(path, fmt::format("the tensors need {} bytes, but the file has {}", position, payload));
}

} // namespace

std::string hashedHeader(Json header) {
    if (const auto metadata = header.find("__metadata__"); metadata != header.end())
        metadata->erase(checksumKey);
    return header.dump(-1, ' ', false, Json::error_handler_t::replace);
}

SafetensorsHeader readSafetensorsHeader(InputFile& file) {
    const std::string& path = file.path();
    const std::string text = readHeaderText(file);
    const Json json = parseJson(path, text);
    SafetensorsHeader header;
    for (const auto& [name, description] : json.items()) {
        if (name == "__metadata__")
            header.metadata = parseMetadata(path, description);
        else
            header.entries.push_back(parseEntry(path, name, description));
    }
    if (header.metadata.contains(checksumKey))
        header.hashed = hashedHeader(json);
    sortByOffset(header.entries, path, file.size() - headerLengthBytes - text.size());
    return header;
}

const char* safetensorsDtype(at::ScalarType type) {
    const auto known = std::ranges::find(dtypeNames, type, &DtypeName::type);
    return known == dtypeNames.end() ? nullptr : known->name;
}

} // namespace headroom
