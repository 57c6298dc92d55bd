// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace headroom {

/// Random zeros in training. They depend only on the seed, so that the backward pass draws them again instead
/// of keeping them.
struct Dropout {
    double rate = 0; ///< fraction of zeros; 0: off
    std::uint64_t seed = 0;

    bool isOn() const { return rate > 0; }
    /// The dropout of a part, with its own seed.
    Dropout part(std::uint64_t number) const;
};

/// A mask of 0 and 1 / (1 - rate), in float32.
/// @param like has the device and the shape
at::Tensor dropoutMask(const at::Tensor& like, const Dropout& dropout);

/// x times the mask, of the same type as x. Not differentiable.
at::Tensor timesMask(const at::Tensor& x, const Dropout& dropout);

/// x times the mask; x itself if the dropout is off. Keeps nothing for the backward pass.
at::Tensor dropped(const at::Tensor& x, const Dropout& dropout);

} // namespace headroom
