// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <filesystem>

namespace headroom {

/// The configuration beside a weights file, model.ckpt: model.yaml, model.ckpt.yaml (or .yml) or, if the
/// folder contains no other weights, config.yaml or hparams.yaml in it. Empty if there is none.
std::filesystem::path configBeside(const std::filesystem::path& weights);

} // namespace headroom
