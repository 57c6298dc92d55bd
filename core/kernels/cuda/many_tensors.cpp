// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/many_tensors.h"

#include "core/kernels/cuda/kernel_tensors.h"
#include "core/kernels/cuda/launcher.h"
#include "core/kernels/cuda/sum_shares.h"

#include <ATen/ops/empty.h>

namespace headroom {
namespace {

constexpr unsigned tableThreads = 256; // as in tensor_table.cu

template <class... Arguments>
void launchOn(const TensorTable& table, const char* function, double bytes, Arguments... arguments) {
    reportLaunch(bytes + bytesOf(table.rows()));
    if (!table.rows().is_meta())
        launch(table.rows().device(), {"tensor_table", function}, {table.blocks()}, tableThreads, 0,
               static_cast<long long*>(table.rows().data_ptr()), table.tensors(), arguments...);
}

} // namespace

void averageTensors(const TensorTable& table, const at::Tensor& skipped, double share) {
    checkParameters(skipped, 1, "whether to skip");
    launchOn(table, "averageTensors", 3 * table.bytesOfList(), floatData(skipped), static_cast<float>(share));
}

at::Tensor normOfTensors(const TensorTable& table) {
    const at::Tensor shares = at::empty({table.blocks()}, table.rows().options().dtype(at::kFloat));
    launchOn(table, "sumSquares", table.bytesOfList() + bytesOf(shares), floatData(shares));
    return sumShares(shares).sqrt_();
}

void limitTensors(const TensorTable& table, const at::Tensor& norm, double limit) {
    checkParameters(norm, 1, "the norm");
    launchOn(table, "limitTensors", 2 * table.bytesOfList(), floatData(norm), static_cast<float>(limit));
}

} // namespace headroom
