#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <vector>

namespace headroom {

/// What the result of a differentiable function is wanted for.
enum class Use {
    Values,
    GradientsOnly, ///< the backward pass runs and nobody reads the values, so they may be left uninitialised
};

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
    std::function<at::Tensor(const at::Tensor& slice, const std::vector<at::Tensor>& weights, Use use)>
        compute;
    std::vector<at::Tensor> parameters; ///< leaves
    bool keepsOnHost = false;           ///< what is kept for the backward pass is kept in host memory
};

/// The rows are frames: of tokens [bands, batch, frames, d] and of bins [batch, channels, frames, ...].
at::Tensor frameRange(const at::Tensor& whole, std::int64_t begin, std::int64_t end);

/// The function of all rows of `input`; differentiable.
/// @param slices that the rows are computed in, one after the other. Then nothing but `input` is kept for the
///     backward pass, which computes slice by slice again; what the function refers to must outlive it.
///     0: all at once, keeping what autograd keeps
/// @return contiguous
at::Tensor evaluate(const SlicedFunction& function, const at::Tensor& input, std::int64_t slices);

} // namespace headroom
