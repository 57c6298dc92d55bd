// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/model/dropout.h"
#include "core/model/initialization.h"
#include "core/model/scan_form.h"

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <string>
#include <vector>

namespace headroom {

struct ModelShape;

/// How a block runs on some rows.
struct BlockRun {
    ScanForm form = ScanForm::Operators; ///< of the norms
    at::Tensor positions;                ///< see positionTable()
    Dropout attentionDropout;            ///< of this block and these rows
    Dropout feedForwardDropout;          ///< likewise
};

/// A residual block: adds a function of whole rows to the rows.
class ResidualBlock {
public:
    virtual ~ResidualBlock() = default;

    virtual std::vector<at::Tensor> parameters() const = 0;
    /// The weights of forward(), computed from the parameters; differentiable.
    /// @param activations dtype of the matrix products
    virtual std::vector<at::Tensor> weights(at::ScalarType activations) const = 0;
    virtual std::size_t weightCount() const = 0;
    /// @param x [rows, length, d]
    /// @param weights those of weights(), or copies
    /// @return a new tensor like x
    virtual at::Tensor forward(const at::Tensor& x, const at::Tensor* weights, const BlockRun& run) const = 0;
};

/// Gated attention with rotary or polar positions.
class AttentionBlock : public ResidualBlock {
public:
    /// Makes the parameters `prefix` + "norm.gamma", "to_qkv.weight", "to_gates.{weight,bias}" and
    /// "to_out.0.weight".
    /// @param polarBias of polar positions, [heads, e], which the blocks of an axis share; undefined: rotary
    AttentionBlock(const ModelShape& shape, const std::string& prefix, at::Tensor polarBias,
                   Initialization& init);

    std::vector<at::Tensor> parameters() const override;
    std::vector<at::Tensor> weights(at::ScalarType activations) const override;
    std::size_t weightCount() const override { return polarBias_.defined() ? 4 : 3; }
    at::Tensor forward(const at::Tensor& x, const at::Tensor* weights, const BlockRun& run) const override;

private:
    std::int64_t heads_;
    std::int64_t headWidth_;
    at::Tensor gamma_;      ///< [d]
    AdaptedWeight qkv_;     ///< [3 heads e, d]
    at::Tensor gateWeight_; ///< [heads, d]
    at::Tensor gateBias_;   ///< [heads]
    AdaptedWeight out_;     ///< [d, heads e]
    at::Tensor polarBias_;  ///< [heads, e] or undefined
};

/// Attention between the features of each head, over all positions of a row; in any order of them.
class LinearAttentionBlock : public ResidualBlock {
public:
    /// Makes the parameters `prefix` + "temperature", "norm.gamma", "to_qkv.0.weight" and
    /// "to_out.1.weight".
    LinearAttentionBlock(const ModelShape& shape, const std::string& prefix, Initialization& init);

    std::vector<at::Tensor> parameters() const override;
    std::vector<at::Tensor> weights(at::ScalarType activations) const override;
    std::size_t weightCount() const override { return 3; }
    at::Tensor forward(const at::Tensor& x, const at::Tensor* weights, const BlockRun& run) const override;

private:
    std::int64_t heads_;
    at::Tensor temperature_; ///< [heads, 1, 1], its logarithm
    at::Tensor gamma_;       ///< [d]
    AdaptedWeight qkv_;      ///< [3 heads e, d]
    AdaptedWeight out_;      ///< [d, heads e]
};

/// Two linear layers with a GELU between them.
class FeedForwardBlock : public ResidualBlock {
public:
    /// Makes the parameters `prefix` + "net.0.gamma", "net.1.{weight,bias}" and "net.4.{weight,bias}".
    FeedForwardBlock(const ModelShape& shape, const std::string& prefix, Initialization& init);

    std::vector<at::Tensor> parameters() const override;
    std::vector<at::Tensor> weights(at::ScalarType activations) const override;
    std::size_t weightCount() const override { return 4; }
    at::Tensor forward(const at::Tensor& x, const at::Tensor* weights, const BlockRun& run) const override;

private:
    at::Tensor gamma_;        ///< [d]
    AdaptedWeight inWeight_;  ///< [4 d, d]
    at::Tensor inBias_;       ///< [4 d]
    AdaptedWeight outWeight_; ///< [d, 4 d]
    at::Tensor outBias_;      ///< [d]
};

} // namespace headroom
