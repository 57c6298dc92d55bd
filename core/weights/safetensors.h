#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <functional>
#include <map>
#include <string>

namespace headroom {

using TensorMap = std::map<std::string, at::Tensor>;

/// The most dimensions of a tensor that is read, which is what ATen's kernels take.
inline constexpr std::size_t highestRank = 64;

/// What a safetensors file holds.
struct Safetensors {
    TensorMap tensors; ///< on the CPU, contiguous
    std::map<std::string, std::string> metadata;
};

/// The metadata key under which writeSafetensors keeps the XXH3 (64 bit, hexadecimal) of the rest of the
/// header, as JSON sorted and without spaces, and of everything behind it.
inline constexpr const char* checksumKey = "xxh3_64";

/// Reads the tensors whose names `wanted` accepts; all of them without it. The file may come from anywhere:
/// throws Error (Input), naming the file and the tensor, for one that is damaged, lies about its sizes or
/// holds a type other than BOOL U8 I8 I16 I32 I64 F16 BF16 F32 F64. A checksum that we wrote is verified.
Safetensors readSafetensors(const std::string& path,
                            const std::function<bool(const std::string& name)>& wanted = {});

/// Reads the header alone, without a look at the tensors' bytes. Throws like readSafetensors.
std::map<std::string, std::string> readSafetensorsMetadata(const std::string& path);

/// Writes tensors of any device and layout, with a checksum in the metadata. The same content gives the same
/// bytes. The file appears whole or not at all (AtomicFile). Throws Error (Failure).
void writeSafetensors(const std::string& path, const TensorMap& tensors,
                      const std::map<std::string, std::string>& metadata = {});

} // namespace headroom
