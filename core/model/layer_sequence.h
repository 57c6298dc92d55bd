#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace headroom {

/// Layers first ... end - 1 that follow each other and are alike: with inputs of one shape they do the same,
/// each with parameters of its own.
struct LayerSequence {
    std::int64_t first = 0;
    std::int64_t end = 0;
    /// The user scope that a layer runs in, for its whole length.
    std::function<std::string(std::int64_t layer)> scope;
    /// The layer, outside of its scope. Its result has the shape of its input and is none of its input's
    /// views.
    std::function<at::Tensor(std::int64_t layer, const at::Tensor& input)> forward;
    /// Its parameters, those of equal use in the same place for every layer. Leaves.
    std::function<std::vector<at::Tensor>(std::int64_t layer)> parameters;

    /// One layer in its scope.
    at::Tensor run(std::int64_t layer, const at::Tensor& input) const;
};

/// Takes over the sequences of the thread that it is installed on.
class LayerObserver {
public:
    virtual ~LayerObserver() = default;

    /// Stands in for all layers, one after the other, each input let go behind its layer; it may leave out
    /// layers whose results nobody reads.
    virtual at::Tensor run(const LayerSequence& layers, at::Tensor input) = 0;
};

/// While it lives, `observer` runs the sequences of the thread that made it; before and after, whoever did.
class LayerObserverGuard {
public:
    explicit LayerObserverGuard(LayerObserver& observer);
    ~LayerObserverGuard();
    LayerObserverGuard(const LayerObserverGuard&) = delete;
    LayerObserverGuard& operator=(const LayerObserverGuard&) = delete;

private:
    LayerObserver* before_;
};

/// Through all layers.
at::Tensor throughLayers(const LayerSequence& layers, at::Tensor input);

} // namespace headroom
