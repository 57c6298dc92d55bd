// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/host_rows.h"

#include "core/kernels/kernel_cost.h"
#include "core/support/slices.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <utility>

namespace headroom {
namespace {

/// Device memory read or written by the copy, which no operator of a Meta tensor stands for.
void reportCopy(const at::Tensor& slice) {
    reportKernelCost({.bytes = static_cast<double>(slice.nbytes()), .calls = 1});
}

at::Tensor placeIn(const at::Tensor& slot, std::int64_t begin, std::int64_t end) {
    return slot.narrow(0, 0, end - begin);
}

} // namespace

HostRows::HostRows(const at::Tensor& rows, std::int64_t dimension, std::int64_t slices)
    : options_(rows.options().requires_grad(false)), dimension_(dimension),
      sizes_(rows.transpose(0, dimension).sizes().vec()), sliceRows_(sliceSize(sizes_[0], slices)) {
    // Asynchronous copies require pinned memory.
    if (!rows.is_meta())
        memory_ = at::empty(sizes_, options_.device(at::kCPU).pinned_memory(!rows.is_cpu()));
}

std::vector<at::Tensor> HostRows::emptySlots() const {
    std::vector<std::int64_t> sizes = sizes_;
    sizes[0] = sliceRows_;
    std::vector<at::Tensor> slots;
    for (std::int64_t begin = 0; begin < rows() && slots.size() < SideCopies::slots; begin += sliceRows_)
        slots.push_back(at::empty(sizes, options_));
    return slots;
}

RowsToHost::RowsToHost(HostRows& host, const at::Tensor& rows)
    : host_(host), rows_(rows.detach().transpose(0, host.dimension())), copies_(host.device()) {
    if (!rows_.is_contiguous())
        gathered_ = host.emptySlots();
}

at::Tensor RowsToHost::slice(std::int64_t begin, std::int64_t end) {
    const std::size_t slot = host_.slotOf(begin);
    at::Tensor rows = rows_.narrow(0, begin, end - begin);
    if (!gathered_.empty()) {
        copies_.waitFor(slot); // its earlier slice is still being copied
        rows = placeIn(gathered_[slot], begin, end).copy_(rows);
    }
    if (host_.hasContents())
        copies_.begin(slot, host_.slice(begin, end), rows);
    reportCopy(rows);
    return rows.transpose(0, host_.dimension());
}

RowsFromHost::RowsFromHost(HostRows host)
    : host_(std::move(host)), slots_(host_.emptySlots()), copies_(host_.device()) {
    fetch(0);
}

void RowsFromHost::fetch(std::int64_t begin) {
    const std::int64_t end = std::min(begin + host_.sliceRows(), host_.rows());
    if (!host_.hasContents() || begin >= end)
        return;
    const std::size_t slot = host_.slotOf(begin);
    copies_.begin(slot, placeIn(slots_[slot], begin, end), host_.slice(begin, end));
}

at::Tensor RowsFromHost::slice(std::int64_t begin, std::int64_t end) {
    fetch(end);
    const std::size_t slot = host_.slotOf(begin);
    copies_.waitFor(slot);
    const at::Tensor rows = placeIn(slots_[slot], begin, end);
    reportCopy(rows);
    return rows.transpose(0, host_.dimension());
}

} // namespace headroom
