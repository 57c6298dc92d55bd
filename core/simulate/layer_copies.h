// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

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

/// Records a layer sequence from its first and last layer. The layers between them do not run: the events of
/// the last layer, forward and backward, are copied for each of them, with new blocks. The first layer runs
/// because its input is not the output of a layer.
///
/// Order of the stream: first, copies, last; backward: last, copies in reverse order, first.
class LayerCopies : public torch::CustomClassHolder {
public:
    /// @param layers at least three; must outlive the graph of this pass
    LayerCopies(SimulatedDevice& device, const LayerSequence& layers);

    /// Runs the sequence. @return the output of the last layer
    static at::Tensor run(SimulatedDevice& device, const LayerSequence& layers, at::Tensor input);

private:
    friend struct CopiedLayers;

    /// A layer that does not run.
    struct Copy {
        StreamRecorder::Substitution substitution = {};
        std::vector<at::Tensor> parameters = {};
        /// Blocks of the gradients before the backward pass, by parameter; -1: no gradient.
        std::vector<std::int32_t> gradients = {};
    };

    void writeForward(std::int64_t begin, const at::Tensor& firstOutput, std::int32_t placeholder,
                      std::int32_t lastOutput, const CostCounter& before);
    void beginBackward(const at::Tensor& gradient);
    /// @param gradient of the input of the last layer
    /// @return the gradient of the output of the first layer
    at::Tensor writeBackward(const at::Tensor& gradient);
    void setGradients(Copy& copy);

    SimulatedDevice& device_;
    std::vector<Copy> copies_; ///< in order
    Copy last_;                ///< the layer that they copy

    std::int64_t backwardBegin_ = 0; ///< event
    std::int32_t gradientBlock_ = 0; ///< of the last layer's result
    CostCounter backwardBefore_;
};

} // namespace headroom
