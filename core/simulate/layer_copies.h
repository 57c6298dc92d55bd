#pragma once

#include "core/allocator/stream_recorder.h"
#include "core/model/layer_sequence.h"
#include "core/simulate/cost_counter.h"

#include <ATen/core/Tensor.h>
#include <ATen/core/ivalue.h>

#include <cstdint>
#include <vector>

namespace headroom {

class SimulatedDevice;

/// Layers of a sequence that are not run: what its last layer asked for, forward and backward, is written
/// once more for each of them, with blocks of its own. The first layer is run as well, since what goes before
/// it is no layer of the sequence.
///
/// So the stream is that of: first, copies, last; and backward: last, copies in turn, first.
class LayerCopies : public torch::CustomClassHolder {
public:
    /// @param layers at least three; used while the graph of this pass lives
    LayerCopies(SimulatedDevice& device, const LayerSequence& layers);

    /// Through the sequence.
    static at::Tensor run(SimulatedDevice& device, const LayerSequence& layers, at::Tensor input);

private:
    friend struct CopiedLayers;

    /// A layer that is not run.
    struct Copy {
        StreamRecorder::Renaming renaming = {};
        std::vector<at::Tensor> parameters = {};
        std::vector<std::int32_t> gradients =
            {}; ///< blocks, by parameter, before its backward pass; -1: none
    };

    void writeForward(std::int64_t begin, const at::Tensor& first, std::int32_t between, std::int32_t last,
                      const CostCounter& before);
    void beginBackward(const at::Tensor& gradient);
    /// @param gradient of the input of the last layer
    /// @return that of the result of the first
    at::Tensor writeBackward(const at::Tensor& gradient);
    void takeGradients(Copy& copy);

    SimulatedDevice& device_;
    std::vector<Copy> copies_; ///< in order
    Copy last_;                ///< what they are copies of

    std::int64_t backwardBegin_ = 0; ///< event
    std::int32_t gradientBlock_ = 0; ///< of the last layer's result
    CostCounter backwardBefore_;
};

} // namespace headroom
