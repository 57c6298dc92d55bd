// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <vector>

namespace headroom {

/// What the caller needs of a differentiable function.
enum class Use {
    Values,
    GradientsOnly, ///< only the backward pass; values are not read and may be uninitialized
};

/// A call of SlicedFunction::compute.
struct SliceCall {
    Use use;
    std::int64_t begin; ///< first row of the slice
};

/// A function of independent rows, with weights computed from parameters.
struct SlicedFunction {
    /// Rows begin ... end - 1 of a whole tensor, as a view.
    using RowsOf = at::Tensor (*)(const at::Tensor& whole, std::int64_t begin, std::int64_t end);

    std::int64_t rows;
    RowsOf inputRows;
    RowsOf outputRows;
    std::vector<std::int64_t> outputSizes; ///< of the whole result
    at::ScalarType outputType;

    /// The weights as differentiable functions of `parameters`. Called once for all slices.
    std::function<std::vector<at::Tensor>()> weights;
    /// A slice of the result from a slice of the input. Pure.
    std::function<at::Tensor(const at::Tensor& slice, const std::vector<at::Tensor>& weights, SliceCall call)>
        compute;
    std::vector<at::Tensor> parameters; ///< leaves; some may not require gradients
    bool offloadInput = false;          ///< whether to keep the input in host memory for the backward pass
    /// Of the rows in what `inputRows` returns. Read only if the input is offloaded.
    std::int64_t inputRowDimension = 0;
};

/// RowsOf for frames, the third dimension of tokens [bands, batch, frames, d] and of bins
/// [batch, channels, frames, ...].
at::Tensor frameRange(const at::Tensor& whole, std::int64_t begin, std::int64_t end);

/// Whether a backward pass will need gradients of any of these.
bool anyRequiresGradient(const std::vector<at::Tensor>& tensors);

/// Evaluates the function for all rows of `input`; differentiable.
/// @param slices number of slices, computed one after the other. Only `input` is kept for the backward pass,
///     which recomputes slice by slice; references in the function must stay valid until then. 0: computes
///     all rows together, and autograd keeps activations as usual. Without gradients of the input and of
///     parameters nothing is kept
/// @return contiguous
at::Tensor evaluate(const SlicedFunction& function, const at::Tensor& input, std::int64_t slices);

} // namespace headroom
