#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace headroom {

/// What a tensor holds, kept in host memory in place of its device's. Copies run in order with the device's
/// other work, which does not wait. On the CPU it is the tensor itself; on Meta it holds nothing.
class HostCopy {
public:
    explicit HostCopy(const at::Tensor& tensor);

    /// Contiguous, on the device again.
    at::Tensor onDevice() const;

private:
    at::TensorOptions device_;
    std::vector<std::int64_t> sizes_;
    at::Tensor host_;
};

} // namespace headroom
