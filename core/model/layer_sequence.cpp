#include "core/model/layer_sequence.h"

#include <ATen/record_function.h>

#include <utility>

namespace headroom {
namespace {

thread_local LayerObserver* installed = nullptr;

} // namespace

LayerObserverGuard::LayerObserverGuard(LayerObserver& observer)
    : before_(std::exchange(installed, &observer)) {}

LayerObserverGuard::~LayerObserverGuard() {
    installed = before_;
}

at::Tensor LayerSequence::run(std::int64_t layer, const at::Tensor& input) const {
    RECORD_USER_SCOPE(scope(layer));
    return forward(layer, input);
}

at::Tensor throughLayers(const LayerSequence& layers, at::Tensor input) {
    if (installed != nullptr)
        return installed->run(layers, std::move(input));
    for (std::int64_t layer = layers.first; layer < layers.end; ++layer)
        input = layers.run(layer, input);
    return input;
}

} // namespace headroom
