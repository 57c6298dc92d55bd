#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <vector>

namespace headroom {

/// A function of rows that have nothing to do with each other, and of weights made from parameters.
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
    std::function<at::Tensor(const at::Tensor& slice, const std::vector<at::Tensor>& weights)> compute;
    std::vector<at::Tensor> parameters; ///< leaves
};

/// The function of all rows of `input`, computed in `slices` slices. Where grad mode is on it is
/// differentiable but keeps nothing except `input`: the backward pass computes slice by slice again. What the
/// function refers to must outlive that pass.
/// @param input contiguous
at::Tensor inSlices(const SlicedFunction& function, const at::Tensor& input, std::int64_t slices);

/// Rows that are the first or the second dimension of a tensor.
at::Tensor firstDimension(const at::Tensor& whole, std::int64_t begin, std::int64_t end);
at::Tensor secondDimension(const at::Tensor& whole, std::int64_t begin, std::int64_t end);

} // namespace headroom
