// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace headroom {

/// A copy of a tensor in host memory. Copies are asynchronous, on the current stream of the device. For a CPU
/// tensor it is the tensor itself; for a Meta tensor it has no contents.
class HostCopy {
public:
    explicit HostCopy(const at::Tensor& tensor);

    /// Copies the tensor back to its device; contiguous.
    at::Tensor onDevice() const;

private:
    at::TensorOptions device_;
    std::vector<std::int64_t> sizes_;
    at::Tensor host_;
};

} // namespace headroom
