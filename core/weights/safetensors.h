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
    bool isUnchanged = true; ///< matches the checksum that we wrote, or has none
};

/// What a checksum of ours covers. It is an XXH3 (64 bit, hexadecimal) in the metadata.
enum class Checksum {
    /// Header and tensors: for files that only we write. Under checksumKey; of the rest of the header, as
    /// JSON sorted and without spaces, and of everything behind it.
    Everything,
    /// Names, types, shapes and values: for files to publish, to which a license may be added and whose
    /// tensors other programs may put in another order. Under tensorsChecksumKey.
    Tensors,
};
inline constexpr const char* checksumKey = "xxh3_64";
inline constexpr const char* tensorsChecksumKey = "tensors_xxh3_64";

/// The metadata key of weights that lack parameters of their model, which is so by the user's wish.
inline constexpr const char* partialWeightsKey = "partial";

/// Reads the tensors whose names `wanted` accepts; all of them without it. The file may come from anywhere:
/// throws Error (Input), naming the file and the tensor, for one that is damaged, lies about its sizes, holds
/// a type other than BOOL U8 I8 I16 I32 I64 F16 BF16 F32 F64, or does not match a checksum that we wrote.
/// What is no safetensors file is named by what it is.
Safetensors readSafetensors(const std::string& path,
                            const std::function<bool(const std::string& name)>& wanted = {});

/// The same for a file that another program may have changed on purpose: isUnchanged tells.
Safetensors readChangedSafetensors(const std::string& path);

/// Reads the header alone, without a look at the tensors' bytes. Throws like readSafetensors.
std::map<std::string, std::string> readSafetensorsMetadata(const std::string& path);

/// Writes tensors of any device and layout, with a checksum in the metadata. The same content gives the same
/// bytes. The file appears whole or not at all (AtomicFile). Throws Error (Failure).
void writeSafetensors(const std::string& path, const TensorMap& tensors,
                      const std::map<std::string, std::string>& metadata = {},
                      Checksum checksum = Checksum::Everything);

} // namespace headroom
