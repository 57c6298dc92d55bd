// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/host_copy.h"

#include <ATen/ATen.h>

namespace headroom {

HostCopy::HostCopy(const at::Tensor& tensor)
    : device_(tensor.options().requires_grad(false)), sizes_(tensor.sizes().vec()) {
    if (tensor.is_cpu()) {
        host_ = tensor.detach();
    } else if (!tensor.is_meta()) {
        // Asynchronous copies require pinned memory.
        host_ = at::empty(sizes_, device_.device(at::kCPU).pinned_memory(true));
        host_.copy_(tensor.detach(), /*non_blocking=*/true);
    }
}

at::Tensor HostCopy::onDevice() const {
    if (host_.defined() && device_.device().is_cpu())
        return host_;
    at::Tensor tensor = at::empty(sizes_, device_);
    if (host_.defined())
        tensor.copy_(host_, /*non_blocking=*/true);
    return tensor;
}

} // namespace headroom
