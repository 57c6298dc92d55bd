// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/model/side_copies.h"

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace headroom {

/// Room in host memory for a tensor of at least one row, in which the rows of a slice are contiguous, so that
/// a slice is a single copy. For a Meta tensor it has no contents.
class HostRows {
public:
    /// @param rows the tensor; its rows are along `dimension`
    /// @param slices number of slices, as in forEachSlice()
    HostRows(const at::Tensor& rows, std::int64_t dimension, std::int64_t slices);

    std::int64_t dimension() const { return dimension_; }
    std::int64_t rows() const { return sizes_.front(); }
    std::int64_t sliceRows() const { return sliceRows_; }
    std::size_t slotOf(std::int64_t begin) const {
        return static_cast<std::size_t>(begin / sliceRows_) % SideCopies::slots;
    }
    c10::Device device() const { return options_.device(); }
    bool hasContents() const { return memory_.defined(); }
    /// Rows begin ... end - 1, with the rows first.
    at::Tensor slice(std::int64_t begin, std::int64_t end) const {
        return memory_.narrow(0, begin, end - begin);
    }
    /// Device memory for a slice, with the rows first, for each slot that the slices need.
    std::vector<at::Tensor> emptySlots() const;

private:
    at::TensorOptions options_;
    std::int64_t dimension_;
    std::vector<std::int64_t> sizes_; ///< the rows first
    std::int64_t sliceRows_;
    at::Tensor memory_;
};

/// Copies the slices of a tensor to host memory while the device computes with them.
class RowsToHost {
public:
    /// @param rows the tensor for which `host` was made; both must exist as long as this object
    RowsToHost(HostRows& host, const at::Tensor& rows);

    /// Begins to copy a slice, in the order of forEachSlice().
    /// @return its values; valid until the next call but one
    at::Tensor slice(std::int64_t begin, std::int64_t end);

private:
    HostRows& host_;
    at::Tensor rows_;                  ///< the rows first
    std::vector<at::Tensor> gathered_; ///< by slot, if the rows of a slice are not contiguous
    SideCopies copies_;                ///< last: ends before what it uses
};

/// Copies slices back: each while the device computes with the one before.
class RowsFromHost {
public:
    /// Begins to copy the first slice.
    explicit RowsFromHost(HostRows host);

    /// Begins to copy the next slice, into the memory of the one before. In the order of forEachSlice().
    /// @return the slice, with the dimensions of the tensor; valid until the next call
    at::Tensor slice(std::int64_t begin, std::int64_t end);

private:
    void fetch(std::int64_t begin);

    HostRows host_;
    std::vector<at::Tensor> slots_;
    SideCopies copies_; ///< last: ends before what it uses
};

} // namespace headroom
