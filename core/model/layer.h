// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/model/dropout.h"
#include "core/model/scan_form.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace headroom {

/// How a layer runs, also in the backward pass, which may be on another thread.
struct LayerRun {
    at::ScalarType activations; ///< dtype of the matrix products
    std::int64_t slices = 0;    ///< of the rows of each part, see evaluate()
    bool offloadInput = false;  ///< keep the inputs of the parts in host memory; ignored for 0 slices
    Kept kept = Kept::Input;    ///< by the mixers; ignored with slices
    ScanForm form = ScanForm::OfDevice;
    // Of attention only:
    at::Tensor timePositions;   ///< see positionTable()
    at::Tensor bandPositions;   ///< likewise
    at::Tensor skip;            ///< added to the tokens before the part along time; undefined: nothing
    Dropout attentionDropout;   ///< of this layer
    Dropout feedForwardDropout; ///< of this layer
};

/// A dual-path layer: processes tokens along time for every band, then along bands for every frame. Tokens
/// are [bands, batch, frames, d], contiguous.
class Layer {
public:
    virtual ~Layer() = default;

    /// @return new tokens, not a view of `tokens`
    virtual at::Tensor forward(const at::Tensor& tokens, const LayerRun& run) const = 0;
    virtual std::vector<at::Tensor> parameters() const = 0;
};

/// Rows along time of tokens: [bands * batch, frames, d], rows begin ... end - 1.
at::Tensor bandRows(const at::Tensor& tokens, std::int64_t begin, std::int64_t end);
/// Rows along bands: [bands, batch * frames, d], columns begin ... end - 1.
at::Tensor frameRows(const at::Tensor& tokens, std::int64_t begin, std::int64_t end);
/// Whole examples: [bands, batch, frames, d], examples begin ... end - 1.
at::Tensor exampleRows(const at::Tensor& tokens, std::int64_t begin, std::int64_t end);

} // namespace headroom
