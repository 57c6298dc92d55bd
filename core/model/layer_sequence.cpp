// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/layer_sequence.h"

#include <ATen/record_function.h>

#include <utility>

namespace headroom {

at::Tensor LayerSequence::run(std::int64_t layer, const at::Tensor& input) const {
    RECORD_USER_SCOPE(scope(layer));
    return forward(layer, input);
}

at::Tensor runLayers(const LayerSequence& layers, at::Tensor input) {
    if (auto* observer = ThreadLocalHook<LayerObserver>::current())
        return observer->run(layers, std::move(input));
    for (std::int64_t layer = layers.first; layer < layers.end; ++layer)
        input = layers.run(layer, input);
    return input;
}

} // namespace headroom
