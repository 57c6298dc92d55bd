// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/train/checkpoint.h"

#include <ATen/ops/equal.h>
#include <fmt/format.h>

#include <string>

namespace headroom::test {

/// Describes the first difference between two tensor maps, compared bit for bit; empty if they are equal.
inline std::string difference(const TensorMap& a, const TensorMap& b, const std::string& what) {
    if (a.size() != b.size())
        return what + ": different numbers of tensors";
    for (const auto& [name, tensor] : a) {
        const auto other = b.find(name);
        if (other == b.end())
            return fmt::format("{}: only one map has {}", what, name);
        if (tensor.scalar_type() != other->second.scalar_type() || !at::equal(tensor, other->second))
            return fmt::format("{}: {} differs", what, name);
    }
    return {};
}

/// Describes the first difference in the state that a run resumes from; empty if there is none.
inline std::string difference(const Checkpoint& a, const Checkpoint& b) {
    if (!(a.state.progress == b.state.progress))
        return "the progress differs";
    if (!(a.state.learningRate == b.state.learningRate))
        return "the learning rate state differs";
    if (!(a.state.best == b.state.best))
        return "the best validation differs";
    for (const auto& [what, tensors] :
         {std::pair{"weights", &TrainStep::State::weights},
          std::pair{"adapters", &TrainStep::State::adapters}, std::pair{"ema", &TrainStep::State::ema},
          std::pair{"optimizer", &TrainStep::State::optimizer},
          std::pair{"group", &TrainStep::State::group}}) {
        std::string found = difference(a.tensors.*tensors, b.tensors.*tensors, what);
        if (!found.empty())
            return found;
    }
    return {};
}

} // namespace headroom::test
