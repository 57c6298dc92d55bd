// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>

namespace headroom {

/// Supported formats of weights files.
enum class WeightsFormat {
    Safetensors,  ///< also any unknown content, which may be a damaged file
    TorchArchive, ///< the zip file of torch.save since PyTorch 1.6
};

/// Detects the format from the first bytes of the file and ignores its name. Throws Error (Input) for known
/// other formats, such as a checkpoint older than PyTorch 1.6, a Git LFS pointer or a web page. The error
/// names the format and the remedy.
WeightsFormat weightsFormat(const std::string& path);

/// Throws Error (Input) unless the file is a safetensors file. For a checkpoint of torch.save the remedy is
/// the command that converts it.
void requireSafetensors(const std::string& path);

} // namespace headroom
