// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/thread_local_hook.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace headroom {

/// Consecutive layers first ... end - 1 of equal structure: for inputs of one shape, all of them run the same
/// operations, each with its own parameters.
struct LayerSequence {
    std::int64_t first = 0;
    std::int64_t end = 0;
    /// Name of the user scope that a layer runs in.
    std::function<std::string(std::int64_t layer)> scope;
    /// Runs a layer without its scope. The result has the shape of `input` and is not a view of it.
    std::function<at::Tensor(std::int64_t layer, const at::Tensor& input)> forward;
    /// The parameters of a layer, leaf tensors, in the same order for every layer.
    std::function<std::vector<at::Tensor>(std::int64_t layer)> parameters;

    /// Runs one layer in its scope.
    at::Tensor run(std::int64_t layer, const at::Tensor& input) const;
};

/// Runs the layer sequences of the thread that it is installed on.
class LayerObserver {
public:
    virtual ~LayerObserver() = default;

    /// Replaces the loop over all layers. Must release each layer's input after the layer. May skip layers
    /// whose results are not needed.
    virtual at::Tensor run(const LayerSequence& layers, at::Tensor input) = 0;
};

using LayerObserverGuard = ThreadLocalHook<LayerObserver>::Guard;

/// Runs all layers in order, or hands the sequence to the observer of the current thread.
/// @return the output of the last layer
at::Tensor runLayers(const LayerSequence& layers, at::Tensor input);

} // namespace headroom
