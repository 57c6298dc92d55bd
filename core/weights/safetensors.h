// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <functional>
#include <map>
#include <string>

namespace headroom {

using TensorMap = std::map<std::string, at::Tensor>;

/// Maximum number of dimensions of a tensor in a file, the limit of ATen's kernels.
inline constexpr std::size_t highestRank = 64;

/// Selects tensors of a file by name. All, if empty.
using TensorFilter = std::function<bool(const std::string& name)>;

/// Contents of a safetensors file.
struct Safetensors {
    TensorMap tensors; ///< on the CPU, contiguous
    std::map<std::string, std::string> metadata;
    bool isUnchanged = true; ///< matches the checksum that Headroom wrote, or has none
};

/// What the checksum of a file covers. It is an XXH3 (64 bit, hexadecimal) in the metadata.
enum class Checksum {
    /// Header and tensors, under checksumKey. For files that only Headroom writes. Covers the rest of the
    /// header, as sorted JSON without spaces, and all bytes after it.
    Everything,
    /// Names, types, shapes and values of the tensors, under tensorsChecksumKey. For published files: other
    /// programs may add metadata such as a license, and reorder the tensors.
    Tensors,
};
inline constexpr const char* checksumKey = "xxh3_64";
inline constexpr const char* tensorsChecksumKey = "tensors_xxh3_64";

/// Metadata key of weights that deliberately contain only a part of the model's parameters.
inline constexpr const char* partialWeightsKey = "partial";

/// Reads the tensors that `wanted` accepts. The others take no memory. Safe for untrusted files: if their
/// shapes are not known, compare those of readSafetensorsOutline() first, and read only what fits.
/// Throws Error (Input), naming file and tensor, if the file is damaged, has inconsistent sizes, contains a
/// type other than BOOL U8 I8 I16 I32 I64 F16 BF16 F32 F64, or does not match its checksum. For a file of
/// another format the error names that format, as weightsFormat does.
Safetensors readSafetensors(const std::string& path, const TensorFilter& wanted = {});

/// Like readSafetensors, but reports a checksum mismatch as isUnchanged instead of throwing.
Safetensors readChangedSafetensors(const std::string& path, const TensorFilter& wanted = {});

/// Reads only the header: `tensors` have names, shapes and types, but no data (Meta device), and the checksum
/// is not verified. Throws like readSafetensors.
Safetensors readSafetensorsOutline(const std::string& path);

/// The metadata alone. Throws like readSafetensors.
std::map<std::string, std::string> readSafetensorsMetadata(const std::string& path);

/// Writes tensors of any device and layout, with a checksum in the metadata. Equal contents give equal bytes.
/// The file is written atomically (AtomicFile). Throws Error (Failure).
void writeSafetensors(const std::string& path, const TensorMap& tensors,
                      const std::map<std::string, std::string>& metadata = {},
                      Checksum checksum = Checksum::Everything);

} // namespace headroom
