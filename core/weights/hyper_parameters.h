// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string>

namespace headroom {

/// The configuration that PyTorch Lightning stores with the weights of a checkpoint, "hyper_parameters", as
/// YAML on one line. Values of plain types and OmegaConf's containers are written, all others are null.
/// Executes nothing in the file.
/// @return absent if the file is not a checkpoint of torch.save, has no such member, or one that is too large
///         to be a configuration
/// @throws Error (Input) if the file is damaged
std::optional<std::string> readHyperParameters(const std::string& path);

} // namespace headroom
