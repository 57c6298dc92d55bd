// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <c10/core/ScalarType.h>
#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace headroom {

class InputFile;

/// Size of the length field at the start of a safetensors file.
inline constexpr std::uint64_t headerLengthBytes = 8;

/// Name, shape and position of a tensor.
struct TensorEntry {
    std::string name;
    at::ScalarType type;
    std::vector<std::int64_t> shape;
    std::uint64_t begin; ///< offset from the end of the header, bytes
    std::uint64_t end;   ///< offset of its end
};

struct SafetensorsHeader {
    std::vector<TensorEntry> entries; ///< in file order, contiguous
    std::map<std::string, std::string> metadata;
    std::string hashed; ///< what Checksum::Everything covers of the header; empty without such a checksum
};

/// Reads the header at the start of `file` and leaves the position at the first tensor. Safe for untrusted
/// files: checks that sizes, offsets and the file size agree, and allows at most 100,000 tensors. Throws
/// Error (Input).
SafetensorsHeader readSafetensorsHeader(InputFile& file);

/// Returns the header in the form that Checksum::Everything covers: sorted JSON without spaces and without
/// the checksum.
std::string hashedHeader(nlohmann::json header);

/// Returns the name of a type in the format, such as "F32". Null if the format does not support it.
const char* safetensorsDtype(at::ScalarType type);

} // namespace headroom
