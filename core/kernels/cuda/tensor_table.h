// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace headroom {

/// Whether a TensorTable can hold these tensors: float32, dense, on one device.
bool fitTable(const std::vector<at::Tensor>& tensors);

/// The addresses of many tensors in the memory of their device, for kernels that process all of them in one
/// launch. The table is copied to a card without waiting for it. The tensors must live until the kernels have
/// been launched.
class TensorTable {
public:
    /// @param lists of tensors, each with the same number and sizes; see fitTable()
    explicit TensorTable(const std::vector<std::vector<at::Tensor>>& lists);

    /// int64, [lists + 2, tensors]: addresses by list, then the numbers of each tensor, then its first block.
    const at::Tensor& rows() const { return rows_; }
    int tensors() const { return static_cast<int>(rows_.size(1)); }
    /// Of all tensors, each of up to numbersPerBlock numbers of one tensor.
    unsigned blocks() const { return blocks_; }
    /// Of all tensors of one list.
    double bytesOfList() const { return bytesOfList_; }

    static constexpr std::int64_t numbersPerBlock = 16384; ///< as in tensor_table.cu

private:
    at::Tensor rows_;
    unsigned blocks_ = 0;
    double bytesOfList_ = 0;
};

} // namespace headroom
