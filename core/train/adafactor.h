#pragma once

#include "core/train/optimizer.h"

#include <vector>

namespace headroom {

/// Adafactor (arXiv 1804.04235) without first moment: of a matrix's second moments it keeps only the means of
/// rows and columns, so its state is a small part of AdamW's. As in torch.optim.Adafactor: decay of the
/// moments 1 - step^-0.8, updates clipped at root mean square 1 and scaled by the parameter's own (at least
/// 1e-3), rate min(learningRate, 1 / sqrt(step)), decoupled weight decay. Dimensions of size 1 do not count
/// when matrices are told from vectors.
class Adafactor : public Optimizer {
public:
    Adafactor(const ParameterSet& parameters, double weightDecay);

    void update(double learningRate, const at::Tensor& nonFinite) override;
    TensorMap state() const override;

private:
    /// Means of squared gradients. A matrix has rows [.., n, 1] and columns [.., 1, m]; anything less has
    /// all.
    struct Moments {
        at::Tensor rows;
        at::Tensor columns;
        at::Tensor all;
    };
    /// What all parameters share in one update, 0-dim tensors.
    struct Rates {
        at::Tensor moments;   ///< weight of the new squares; 0 where the update is skipped
        at::Tensor step;      ///< scale of the update; 0 where it is skipped
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
