#pragma once

#include <c10/core/ScalarType.h>
#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace headroom {

class InputFile;

/// The length field that a safetensors file begins with.
inline constexpr std::uint64_t headerLengthBytes = 8;

/// Where a tensor lies behind the header.
struct TensorEntry {
    std::string name;
    at::ScalarType type;
    std::vector<std::int64_t> shape;
    std::uint64_t begin; ///< bytes from the end of the header
    std::uint64_t end;
};

struct SafetensorsHeader {
    std::vector<TensorEntry> entries; ///< in the order of their bytes, which leave no gap
    std::map<std::string, std::string> metadata;
    std::string hashed; ///< what Checksum::Everything takes of the header; empty where the file has none
};

/// Reads the header of a file that stands at its start; afterwards it stands at the first tensor. Nothing in
/// it is believed: sizes, offsets and the file's own size must agree. Memory is bounded: at most 100,000
/// tensors. Throws Error (Input).
SafetensorsHeader readSafetensorsHeader(InputFile& file);

/// A header as Checksum::Everything takes it: sorted and without spaces, without the checksum itself.
std::string hashedHeader(nlohmann::json header);

/// "F32"; null for a type that the format does not have.
const char* safetensorsDtype(at::ScalarType type);

} // namespace headroom
