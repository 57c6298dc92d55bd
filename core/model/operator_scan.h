// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kernels/cuda/transfer.h"
#include "core/model/cast.h"
#include "core/model/gated_scan.h"

#include <ATen/core/Tensor.h>

#include <functional>
#include <vector>

namespace headroom {

/// One side of a gated scan in LibTorch's operators, for every device, or with some parts by CUDA kernels.
/// Activations and products have the dtype of `projected`; decays, states between chunks and norm statistics
/// have that of the parameters. The operators avoid flips, convolution operators and reductions over tokens
/// (products replace them), because their scratch memory depends on the device.
///
/// Positions are split into K chunks of n; the last chunk may be padded with positions of time step 0.
/// Shapes: R rows, L positions, H heads of P, state N, D = H P, C = D + 2 N.
class OperatorScan {
public:
    using UseOutput = std::function<void(const at::Tensor&)>;

    /// @param projected [R, L, D + C + H]: z, x, B, C, dt
    OperatorScan(const at::Tensor& projected, const MixerShape& shape, const ScanSide& side, ScanParts parts);

    /// @return [R, L, D]
    at::Tensor forward();

    /// Writes gradProjected, which has the shape of `projected`.
    /// @param gradOut may be overwritten
    /// @param useOutput called with the result of forward(), if it is set
    /// @return the gradients in the order of ScanSide::tensors()
    std::vector<at::Tensor> backward(at::Tensor gradOut, const at::Tensor& gradProjected,
                                     const UseOutput& useOutput = {});

private:
    struct Gradients {
        at::Tensor y;        ///< [R, K, n, H, P]
        at::Tensor xbc;      ///< as xbc_
        at::Tensor dt;       ///< as dt_
        at::Tensor position; ///< as position_
        at::Tensor last;     ///< as last_
        at::Tensor d;        ///< [H]
    };

    bool usesKernels() const { return parts_ == ScanParts::CudaKernels; }

    void computeSums();
    void convolve();
    void computeTimeSteps();
    void passStates();
    /// @param transfer as transfer(); freed early if moved here
    at::Tensor output(at::Tensor transfer, const at::Tensor& read) const;
    at::Tensor gated(const at::Tensor& y) const;

    /// @param y overwritten
    void backwardOfGate(const at::Tensor& gradOut, const at::Tensor& y, const at::Tensor& gradProjected,
                        const UseOutput& useOutput, Gradients& gradients) const;
    /// @param decays overwritten; undefined with kernels
    void backwardWithinChunks(const at::Tensor& decays, const at::Tensor& scores, Gradients& gradients) const;
    /// @param decays as in backwardWithinChunks()
    /// @param transfer its gradient, replaced by transfer()
    /// @return the gradient of products()
    at::Tensor backwardOfTransfer(const at::Tensor& decays, const at::Tensor& scores, at::Tensor& transfer,
                                  Gradients& gradients) const;
    void backwardOfStates(const at::Tensor& read, Gradients& gradients) const;
    void backwardOfAdded(const at::Tensor& gradAdded, Gradients& gradients) const;
    std::vector<at::Tensor> backwardOfTimeSteps(const at::Tensor& gradProjected,
                                                const Gradients& gradients) const;
    std::vector<at::Tensor> backwardOfConvolution(const at::Tensor& gradXbc,
                                                  const at::Tensor& gradProjected) const;

    at::Tensor wide(const at::Tensor& x) const { return cast(x, rate_.scalar_type()); }
    at::Tensor narrow(const at::Tensor& x) const { return cast(x, projected_.scalar_type()); }

    std::int64_t firstTimeStep() const { return shape_.innerDim + shape_.convDim(); }

    /// A range of the last dimension. Tensor::narrow would cost an additional operator call.
    static at::Tensor columns(const at::Tensor& x, std::int64_t first, std::int64_t count) {
        return x.slice(-1, first, first + count);
    }

    std::int64_t rows() const { return projected_.size(0); }
    std::int64_t length() const { return projected_.size(1); }
    /// Views of [R, L, ...]: position i of readers() comes `shift` positions after position i of sources() in
    /// scan order.
    at::Tensor readers(const at::Tensor& x, std::int64_t shift) const;
    at::Tensor sources(const at::Tensor& x, std::int64_t shift) const;
    /// [R, K, n, ...] without padding, as [R, L, everything else].
    at::Tensor withoutPadding(const at::Tensor& x) const;
    /// [R, K, n or N, ...] as [R K, n or N, everything else], a matrix per chunk.
    at::Tensor byChunk(const at::Tensor& x) const;
    /// Position of a chunk in the row, from its index in scan order.
    std::int64_t chunkAt(std::int64_t index) const { return isBackward_ ? chunks_ - 1 - index : index; }

    at::Tensor products() const;                     ///< C B', [R K, n, n]
    at::Tensor scores() const;                       ///< the same in `wide`, [R, K, 1, n, n]
    at::Tensor decays() const;                       ///< from j to i, [R, K, H, n, n]; 0 if j is later
    at::Tensor fromEntry() const;                    ///< decay from before the chunk to i, [R, K, H, n]
    at::Tensor toEnd() const;                        ///< decay from j to the end of the chunk, [R, K, H, n]
    at::Tensor whole() const { return last_.exp(); } ///< decay over the chunk, [R, K, H, 1]
    at::Tensor readStates() const;                   ///< C h, [R, K, n, H, P]; undefined for one chunk
    at::Tensor transfer() const;                     ///< scores times decay times dt, [R, K, H, n, n]
    TransferInputs transferInputs(const at::Tensor& scores) const {
        return {scores, position_, dt_, isBackward_};
    }
    at::Tensor byToken(const at::Tensor& factor) const; ///< [R, K, H, n] to [R, K, n, H, 1]

    MixerShape shape_;
    ScanSide side_;
    ScanParts parts_;
    bool isBackward_;
    std::int64_t chunkLength_;
    std::int64_t chunks_;
    at::Tensor projected_;
    at::Tensor rate_;     ///< A, [H]
    at::Tensor d_;        ///< [H, 1] in the dtype of the activations
    at::Tensor sums_;     ///< output of the convolution before silu, [R, L, C]; undefined with kernels
    at::Tensor xbc_;      ///< [R, K, n, C]
    at::Tensor x_;        ///< view of xbc_, [R, K, n, H, P]
    at::Tensor b_;        ///< view of xbc_, [R K, n, N]
    at::Tensor c_;        ///< view of xbc_, [R K, n, N]
    at::Tensor raw_;      ///< dt before softplus, [R, L, H]; undefined with kernels
    at::Tensor dt_;       ///< [R, K, H, n]
    at::Tensor position_; ///< s with decay exp(s_i - s_j) from j to i; [R, K, H, n]
    at::Tensor last_;     ///< log of the decay over the chunk; [R, K, H, 1]
    at::Tensor states_;   ///< before each chunk, [R, K, N, H, P]; undefined for one chunk
};

} // namespace headroom
