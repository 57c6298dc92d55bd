// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/simulate/meta_kernels.h"

#include "core/simulate/simulated_allocator.h"
#include "core/simulate/simulated_device.h"
#include "core/support/rounding.h"

#include <ATen/ATen.h>
#include <ATen/EmptyTensor.h>
#include <ATen/ExpandUtils.h>
#include <ATen/WrapDimUtils.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/_foreach_mul_native.h>
#include <ATen/ops/_foreach_norm_native.h>
#include <ATen/ops/add_meta_dispatch.h>
#include <ATen/ops/resize_meta_dispatch.h>
#include <torch/library.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>
#include <vector>

namespace headroom {
namespace {

// ------------------------------------------------------------ element-wise

at::Tensor flip(const at::Tensor& self, at::IntArrayRef) {
    return at::empty_like(self, at::MemoryFormat::Preserve);
}

/// The real kernel computes the modulus in a complex temporary and copies it to the result.
at::Tensor abs(const at::Tensor& self) {
    if (!self.is_complex())
        return at::empty_like(self);
    at::Tensor result = at::empty_like(self, self.options().dtype(c10::toRealValueType(self.scalar_type())));
    at::empty_like(self);
    return result;
}

at::Tensor& logicalAnd(const at::Tensor& self, const at::Tensor& other, at::Tensor& out) {
    at::Tensor(out).resize_(at::infer_size(self.sizes(), other.sizes()));
    return out;
}

at::Tensor& logicalNot(const at::Tensor& self, at::Tensor& out) {
    at::Tensor(out).resize_(self.sizes());
    return out;
}

at::Tensor where(const at::Tensor& condition, const at::Tensor& self, const at::Tensor& other) {
    auto sizes = at::infer_size(at::infer_size(condition.sizes(), self.sizes()), other.sizes());
    return at::empty(sizes, self.options().dtype(at::result_type(self, other)));
}

at::Tensor indexSelect(const at::Tensor& self, std::int64_t dimension, const at::Tensor& index) {
    auto sizes = self.sizes().vec();
    sizes[static_cast<std::size_t>(at::maybe_wrap_dim(dimension, self.dim()))] = index.numel();
    return at::empty(sizes, self.options());
}

at::Tensor gluBackward(const at::Tensor&, const at::Tensor& self, std::int64_t) {
    return at::empty(self.sizes(), self.options());
}

// ------------------------------------------------------------ memory

/// LibTorch's own kernel does not allocate when a tensor grows.
const at::Tensor& resize(const at::Tensor& self, at::IntArrayRef size,
                         std::optional<at::MemoryFormat> format) {
    const c10::Storage& storage = self.storage();
    const std::size_t before = storage.nbytes();
    at::meta::resize_(self, size, format);
    if (storage.nbytes() > before)
        storage.set_data_ptr(c10::GetAllocator(c10::kMeta)->allocate(storage.nbytes()));
    return self;
}

/// Autograd's engine accumulates a gradient in place if nothing else refers to it, but never on Meta.
at::Tensor add(const at::Tensor& self, const at::Tensor& other, const at::Scalar& alpha) {
    const SimulatedDevice* device = currentSimulatedDevice();
    if (device != nullptr && device->inEngine() && !at::GradMode::is_enabled() && self.use_count() == 1 &&
        self.storage().use_count() == 1 && self.is_non_overlapping_and_dense())
        return at::Tensor(self.unsafeGetTensorImpl()->shallow_copy_and_detach(
            c10::VariableVersion(0), /*allow_tensor_metadata_change=*/false));
    return at::meta::add(self, other, alpha);
}

bool onCuda() {
    const SimulatedDevice* device = currentSimulatedDevice();
    return device != nullptr && !device->isCpu();
}

/// On CUDA one fused kernel, with one partial result per 65536 elements.
std::vector<at::Tensor> foreachNorm(at::TensorList tensors, const at::Scalar& order,
                                    std::optional<at::ScalarType> type) {
    constexpr std::int64_t elementsPerChunk = 1 << 16;
    if (!onCuda())
        return at::native::foreach_tensor_norm_slow(tensors, order, type);
    std::int64_t most = 0;
    for (const at::Tensor& tensor : tensors)
        most = std::max(most, divideUp(tensor.numel(), elementsPerChunk));
    const at::ScalarType own = tensors.front().scalar_type();
    const at::Tensor partial =
        at::detail::empty_meta({static_cast<std::int64_t>(tensors.size()) * most}, own);
    std::vector<at::Tensor> norms;
    for (std::size_t i = 0; i < tensors.size(); ++i)
        norms.emplace_back(at::detail::empty_meta({}, own));
    return norms;
}

/// On CUDA one fused kernel without temporaries.
void foreachMul(at::TensorList tensors, const at::Tensor& factor) {
    if (!onCuda())
        at::native::foreach_tensor_mul_tensor_kernel_slow_(tensors, factor);
}

// ------------------------------------------------------------ Fourier transforms

/// The result of a transform over the last dimension. The other dimensions keep the stride order of the
/// input.
at::Tensor transformed(const at::Tensor& self, std::int64_t lastSize, at::ScalarType type) {
    auto sizes = self.sizes().vec();
    sizes.back() = lastSize;
    std::vector<std::int64_t> order(sizes.size() - 1);
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return self.stride(a) > self.stride(b); });
    std::vector<std::int64_t> strides(sizes.size(), 1);
    std::int64_t stride = lastSize;
    for (std::size_t i = order.size(); i-- > 0;) {
        strides[static_cast<std::size_t>(order[i])] = stride;
        stride *= sizes[static_cast<std::size_t>(order[i])];
    }
    return at::empty_strided(sizes, strides, self.options().dtype(type));
}

void checkLast(const at::Tensor& self, at::IntArrayRef dimensions) {
    TORCH_CHECK(dimensions.size() == 1 && at::maybe_wrap_dim(dimensions[0], self.dim()) == self.dim() - 1,
                "the simulated device supports only transforms over the last dimension");
}

at::Tensor realToComplex(const at::Tensor& self, at::IntArrayRef dimensions, std::int64_t, bool onesided) {
    checkLast(self, dimensions);
    const std::int64_t points = self.size(-1);
    return transformed(self, onesided ? points / 2 + 1 : points, c10::toComplexType(self.scalar_type()));
}

/// cuFFT overwrites its input, so LibTorch passes it a copy.
at::Tensor complexToReal(const at::Tensor& self, at::IntArrayRef dimensions, std::int64_t,
                         std::int64_t lastSize) {
    checkLast(self, dimensions);
    at::Tensor result = transformed(self, lastSize, c10::toRealValueType(self.scalar_type()));
    if (onCuda())
        at::empty(self.sizes(), self.options());
    return result;
}

// ------------------------------------------------------------ convolution

at::Tensor convolution(const at::Tensor& input, const at::Tensor& weight, const std::optional<at::Tensor>&,
                       at::IntArrayRef stride, at::IntArrayRef padding, at::IntArrayRef dilation,
                       bool transposedConvolution, at::IntArrayRef, std::int64_t) {
    TORCH_CHECK(!transposedConvolution, "the simulated device does not support transposed convolutions");
    std::vector<std::int64_t> sizes = {input.size(0), weight.size(0)};
    for (std::size_t i = 0; i < stride.size(); ++i) {
        const auto dimension = static_cast<std::int64_t>(i) + 2;
        const auto reach = dilation[i] * (weight.size(dimension) - 1) + 1;
        sizes.push_back((input.size(dimension) + 2 * padding[i] - reach) / stride[i] + 1);
    }
    return at::empty(sizes, input.options());
}

std::tuple<at::Tensor, at::Tensor, at::Tensor>
convolutionBackward(const at::Tensor& gradient, const at::Tensor& input, const at::Tensor& weight,
                    at::IntArrayRef, at::IntArrayRef, at::IntArrayRef, bool, at::IntArrayRef, std::int64_t,
                    std::array<bool, 3> wanted) {
    return {wanted[0] ? at::empty(input.sizes(), input.options()) : at::Tensor(),
            wanted[1] ? at::empty(weight.sizes(), weight.options()) : at::Tensor(),
            wanted[2] ? at::empty({gradient.size(1)}, gradient.options()) : at::Tensor()};
}

// ------------------------------------------------------------ fused optimizers: nothing is allocated

void fusedAdamW(at::TensorList, at::TensorList, at::TensorList, at::TensorList, at::TensorList,
                at::TensorList, double, double, double, double, double, bool, bool,
                const std::optional<at::Tensor>&, const std::optional<at::Tensor>&) {}

void fusedSgd(at::TensorList, at::TensorList, at::TensorList, double, double, double, double, bool, bool,
              bool, const std::optional<at::Tensor>&, const std::optional<at::Tensor>&) {}

} // namespace

void registerMetaKernels() {
    // Never destroyed: that would remove the kernels while tensors still exist.
    auto& library =
        *new torch::Library(torch::Library::IMPL, "aten", c10::DispatchKey::Meta, __FILE__, __LINE__);
    library.impl("add.Tensor", TORCH_FN(add));
    library.impl("_foreach_mul_.Tensor", TORCH_FN(foreachMul));
    library.impl("_foreach_norm.Scalar", TORCH_FN(foreachNorm));
    library.impl("resize_", TORCH_FN(resize));
    library.impl("flip", TORCH_FN(flip));
    library.impl("abs", TORCH_FN(abs));
    library.impl("logical_and.out", TORCH_FN(logicalAnd));
    library.impl("logical_not.out", TORCH_FN(logicalNot));
    library.impl("where.self", TORCH_FN(where));
    library.impl("index_select", TORCH_FN(indexSelect));
    library.impl("glu_backward", TORCH_FN(gluBackward));
    library.impl("_fft_r2c", TORCH_FN(realToComplex));
    library.impl("_fft_c2r", TORCH_FN(complexToReal));
    library.impl("convolution_overrideable", TORCH_FN(convolution));
    library.impl("convolution_backward_overrideable", TORCH_FN(convolutionBackward));
    library.impl("_fused_adamw_", TORCH_FN(fusedAdamW));
    library.impl("_fused_sgd_", TORCH_FN(fusedSgd));
}

} // namespace headroom
