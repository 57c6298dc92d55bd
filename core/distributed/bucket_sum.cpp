// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/distributed/bucket_sum.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <utility>

namespace headroom {

BucketSum::BucketSum(std::vector<at::Tensor> tensors, std::int64_t bytes) : tensors_(std::move(tensors)) {
    std::int64_t elements = 0;
    for (at::Tensor& tensor : tensors_) {
        TORCH_CHECK(tensor.is_contiguous(), "only contiguous tensors can be summed over ranks");
        tensor = tensor.view({-1});
        elements += tensor.numel();
    }
    const std::int64_t most = bytes / static_cast<std::int64_t>(tensors_.front().element_size());
    bucket_ = at::empty({std::min(most, elements)}, tensors_.front().options());
}

void BucketSum::run(const RankSum& sum) const {
    struct Piece {
        at::Tensor tensor; ///< a part of one of the tensors
        at::Tensor place;  ///< in the bucket
    };
    std::vector<Piece> pieces;
    std::int64_t filled = 0;
    const auto empty = [&] {
        if (filled == 0)
            return;
        sum(bucket_.narrow(0, 0, filled));
        for (const Piece& piece : pieces)
            piece.tensor.copy_(piece.place);
        pieces.clear();
        filled = 0;
    };
    for (const at::Tensor& tensor : tensors_) {
        std::int64_t done = 0;
        while (done < tensor.numel()) {
            const std::int64_t count = std::min(tensor.numel() - done, bucket_.numel() - filled);
            pieces.push_back({tensor.narrow(0, done, count), bucket_.narrow(0, filled, count)});
            pieces.back().place.copy_(pieces.back().tensor);
            done += count;
            filled += count;
            if (filled == bucket_.numel())
                empty();
        }
    }
    empty();
}

} // namespace headroom
