// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/finite_weights.h"

#include "core/support/error.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

namespace headroom {

void requireFinite(const TensorMap& tensors, const std::string& file) {
    for (const auto& [name, tensor] : tensors)
        if (!at::isfinite(tensor).all().item<bool>())
            throw Error(ErrorKind::Input,
                        fmt::format("the weights contain NaN or infinity, first in {}", name), file,
                        "Use an earlier checkpoint of that training, or other weights.");
}

} // namespace headroom
