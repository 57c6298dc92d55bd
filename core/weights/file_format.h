#pragma once

#include <string>

namespace headroom {

/// The kinds of weights files that can be read.
enum class WeightsFormat {
    Safetensors,  ///< also what nothing is known of: it may be a damaged one
    TorchArchive, ///< the zip file that torch.save writes since PyTorch 1.6
};

/// Tells by the first bytes, whatever the file is called. Throws Error (Input) for what is no file of weights
/// that can be read here (a checkpoint older than PyTorch 1.6, a Git LFS pointer, a web page, ...), naming
/// what it is and what to do.
WeightsFormat weightsFormat(const std::string& path);

/// Throws Error (Input) for all other formats; for a checkpoint of torch.save it names the command that
/// converts it.
void requireSafetensors(const std::string& path);

} // namespace headroom
