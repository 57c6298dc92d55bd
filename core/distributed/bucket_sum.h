// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <vector>

namespace headroom {

/// Sums a contiguous tensor over all ranks, in place.
using RankSum = std::function<void(const at::Tensor& tensor)>;

/// Sums many tensors over all ranks through a bucket, so that there are few sums of many elements and not
/// many of few. The bucket is the only memory that it allocates. One thread.
class BucketSum {
public:
    static constexpr std::int64_t bucketBytes = std::int64_t{25} * 1024 * 1024; // as PyTorch's DDP

    /// Allocates the bucket.
    /// @param tensors contiguous, of one dtype and device; at least one
    explicit BucketSum(std::vector<at::Tensor> tensors, std::int64_t bytes = bucketBytes);

    /// Replaces all tensors by their sums.
    void run(const RankSum& sum) const;

private:
    std::vector<at::Tensor> tensors_; ///< flat
    at::Tensor bucket_;
};

} // namespace headroom
