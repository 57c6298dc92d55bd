// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/train/optimizer.h"

#include <vector>

namespace headroom {

/// Adafactor (arXiv 1804.04235) without first moment. Keeps the second moments of a matrix as means of rows
/// and columns, so that its state is much smaller than that of AdamW. Follows torch.optim.Adafactor: moments
/// decay with 1 - step^-0.8; updates are clipped to root mean square 1 and scaled by that of the parameter
/// (at least 1e-3); the learning rate is min(learningRate, 1 / sqrt(step)); weight decay is decoupled.
/// Dimensions of size 1 are ignored when matrices are distinguished from vectors.
class Adafactor : public Optimizer {
public:
    Adafactor(const ParameterSet& parameters, double weightDecay);

    void update(double learningRate, const at::Tensor& nonFinite) override;
    TensorMap state() const override;

private:
    /// Moving means of squared gradients: `rows` [.., n, 1] and `columns` [.., 1, m] for matrices, `all` for
    /// vectors and scalars.
    struct Moments {
        at::Tensor rows;
        at::Tensor columns;
        at::Tensor all;
    };
    /// Factors of one update for all parameters, 0-dim tensors.
    struct Rates {
        at::Tensor moments;   ///< weight of the new squares; 0 if the update is skipped
        at::Tensor step;      ///< scale of the update; 0 if it is skipped
        at::Tensor shrinkage; ///< factor of the weight decay
    };

    static at::Tensor estimate(const Moments& moments, const at::Tensor& gradient, const at::Tensor& weight);
    static void updateOne(const at::Tensor& value, const at::Tensor& gradient, const Moments& moments,
                          const Rates& rates);

    const ParameterSet& parameters_;
    double weightDecay_;
    at::Tensor step_;
    std::vector<Moments> moments_;
};

} // namespace headroom
