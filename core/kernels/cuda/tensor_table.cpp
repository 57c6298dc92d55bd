// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/tensor_table.h"

#include "core/support/rounding.h"

#include <ATen/ops/empty.h>

#include <algorithm>

namespace headroom {

bool fitTable(const std::vector<at::Tensor>& tensors) {
    return !tensors.empty() && std::ranges::all_of(tensors, [&](const at::Tensor& tensor) {
        return tensor.defined() && tensor.scalar_type() == at::kFloat &&
               tensor.is_non_overlapping_and_dense() && tensor.device() == tensors.front().device();
    });
}

TensorTable::TensorTable(const std::vector<std::vector<at::Tensor>>& lists) {
    const std::vector<at::Tensor>& first = lists.front();
    const auto count = std::ssize(first);
    const auto lines = std::ssize(lists) + 2;
    at::Tensor rows = at::empty({lines, count}, at::kLong);
    std::int64_t* const line = rows.mutable_data_ptr<std::int64_t>();
    for (std::int64_t i = 0; i < count; ++i) {
        const auto index = static_cast<std::size_t>(i);
        for (std::size_t list = 0; list < lists.size(); ++list) {
            const at::Tensor& tensor = lists[list][index];
            TORCH_CHECK(tensor.sizes() == first[index].sizes() && tensor.strides() == first[index].strides(),
                        "the lists of a table have different tensors");
            line[static_cast<std::int64_t>(list) * count + i] =
                tensor.is_meta() ? 0 : reinterpret_cast<std::int64_t>(tensor.data_ptr());
        }
        const auto numbers = first[index].numel();
        line[(lines - 2) * count + i] = numbers;
        line[(lines - 1) * count + i] = blocks_;
        blocks_ += static_cast<unsigned>(divideUp(numbers, numbersPerBlock));
        bytesOfList_ += static_cast<double>(numbers) * sizeof(float);
    }
    const at::Device device = first.front().device();
    rows_ = at::empty(rows.sizes(), rows.options().device(device));
    rows_.copy_(device.is_cuda() ? rows.pin_memory() : rows, /*non_blocking=*/true);
}

} // namespace headroom
