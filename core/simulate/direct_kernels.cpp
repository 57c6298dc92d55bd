// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/simulate/direct_kernels.h"

#include "core/simulate/simulated_allocator.h"
#include "core/simulate/simulated_device.h"
#include "core/support/rounding.h"

#include <ATen/ATen.h>
#include <ATen/EmptyTensor.h>
#include <ATen/ExpandUtils.h>
#include <ATen/WrapDimUtils.h>
#include <ATen/ops/_to_copy_native.h>
#include <ATen/ops/clone_native.h>
#include <ATen/ops/empty_like_native.h>
#include <ATen/ops/mul_meta_dispatch.h>
#include <ATen/ops/stack_native.h>
#include <ATen/ops/sub_meta_dispatch.h>
#include <ATen/ops/zeros_like_native.h>
#include <torch/library.h>

#include <algorithm>
#include <utility>

namespace headroom {
namespace {

// ------------------------------------------------------------ views

using Extents = c10::SmallVector<std::int64_t, 6>;

Extents sizesOf(const at::Tensor& self) {
    return {self.sizes().begin(), self.sizes().end()};
}

Extents stridesOf(const at::Tensor& self) {
    return {self.strides().begin(), self.strides().end()};
}

at::Tensor viewOf(const at::Tensor& self, at::IntArrayRef sizes, at::IntArrayRef strides,
                  std::int64_t offset) {
    at::Tensor view = at::detail::make_tensor<c10::TensorImpl>(
        c10::TensorImpl::VIEW, c10::Storage(self.storage()), self.key_set(), self.dtype());
    view.unsafeGetTensorImpl()->set_sizes_and_strides(sizes, strides, offset);
    return view;
}

at::Tensor slice(const at::Tensor& self, std::int64_t dimension, std::optional<std::int64_t> first,
                 std::optional<std::int64_t> last, std::int64_t step) {
    dimension = at::maybe_wrap_dim(dimension, self.dim());
    TORCH_CHECK(step > 0, "slice step must be positive, but is ", step);
    const std::int64_t size = self.size(dimension);
    const auto wrap = [size](std::int64_t index) { return index < 0 ? index + size : index; };
    const std::int64_t begin = std::clamp<std::int64_t>(wrap(first.value_or(0)), 0, size);
    const std::int64_t end = std::clamp<std::int64_t>(wrap(last.value_or(size)), begin, size);
    Extents sizes = sizesOf(self);
    Extents strides = stridesOf(self);
    const auto index = static_cast<std::size_t>(dimension);
    const std::int64_t offset = self.storage_offset() + begin * strides[index];
    sizes[index] = divideUp(end - begin, step);
    strides[index] *= step;
    return viewOf(self, sizes, strides, offset);
}

at::Tensor select(const at::Tensor& self, std::int64_t dimension, std::int64_t index) {
    dimension = at::maybe_wrap_dim(dimension, self.dim());
    index = at::maybe_wrap_dim(index, self.size(dimension));
    Extents sizes = sizesOf(self);
    Extents strides = stridesOf(self);
    const std::int64_t offset = self.storage_offset() + index * self.stride(dimension);
    sizes.erase(sizes.begin() + dimension);
    strides.erase(strides.begin() + dimension);
    return viewOf(self, sizes, strides, offset);
}

at::Tensor transpose(const at::Tensor& self, std::int64_t first, std::int64_t second) {
    const auto a = static_cast<std::size_t>(at::maybe_wrap_dim(first, self.dim()));
    const auto b = static_cast<std::size_t>(at::maybe_wrap_dim(second, self.dim()));
    Extents sizes = sizesOf(self);
    Extents strides = stridesOf(self);
    if (a != b) {
        std::swap(sizes[a], sizes[b]);
        std::swap(strides[a], strides[b]);
    }
    return viewOf(self, sizes, strides, self.storage_offset());
}

at::Tensor unsqueeze(const at::Tensor& self, std::int64_t dimension) {
    dimension = at::maybe_wrap_dim(dimension, self.dim() + 1);
    Extents sizes = sizesOf(self);
    Extents strides = stridesOf(self);
    const std::int64_t stride = dimension == self.dim() ? 1 : self.size(dimension) * self.stride(dimension);
    sizes.insert(sizes.begin() + dimension, 1);
    strides.insert(strides.begin() + dimension, stride);
    return viewOf(self, sizes, strides, self.storage_offset());
}

at::Tensor squeeze(const at::Tensor& self, std::int64_t dimension) {
    dimension = at::maybe_wrap_dim(dimension, self.dim());
    Extents sizes = sizesOf(self);
    Extents strides = stridesOf(self);
    if (self.dim() > 0 && self.size(dimension) == 1) {
        sizes.erase(sizes.begin() + dimension);
        strides.erase(strides.begin() + dimension);
    }
    return viewOf(self, sizes, strides, self.storage_offset());
}

at::Tensor permute(const at::Tensor& self, at::IntArrayRef order) {
    TORCH_CHECK(static_cast<std::int64_t>(order.size()) == self.dim(), "permute of ", order.size(),
                " dimensions for a tensor of ", self.dim());
    Extents sizes;
    Extents strides;
    for (const std::int64_t dimension : order) {
        sizes.push_back(self.size(dimension));
        strides.push_back(self.stride(dimension));
    }
    return viewOf(self, sizes, strides, self.storage_offset());
}

at::Tensor expand(const at::Tensor& self, at::IntArrayRef sizes, bool) {
    const auto geometry = at::inferExpandGeometry_dimvector(self.sizes(), self.strides(), sizes);
    return viewOf(self, geometry.sizes, geometry.strides, self.storage_offset());
}

// ------------------------------------------------------------ new memory

using OptionalDevice = std::optional<at::Device>;

/// Whether empty_like() keeps the strides of `self`.
bool keepsStrides(const at::Tensor& self, OptionalDevice device, std::optional<at::MemoryFormat> format) {
    return device.value_or(self.device()).is_meta() && self.is_meta() &&
           format.value_or(at::MemoryFormat::Preserve) == at::MemoryFormat::Preserve &&
           self.is_non_overlapping_and_dense();
}

at::Tensor filled(at::IntArrayRef sizes, std::optional<at::ScalarType> type, std::optional<at::Layout>,
                  OptionalDevice, std::optional<bool>) {
    return at::detail::empty_meta(sizes, type.value_or(at::get_default_dtype_as_scalartype()));
}

/// Records the shape here, because copies inside other operators and memory of our kernels are never
/// arguments of an operator.
at::Tensor withShapeRecorded(at::Tensor tensor) {
    if (SimulatedDevice* device = currentSimulatedDevice())
        device->recordShape(tensor);
    return tensor;
}

at::Tensor empty(at::IntArrayRef sizes, std::optional<at::ScalarType> type, std::optional<at::Layout>,
                 OptionalDevice, std::optional<bool>, std::optional<at::MemoryFormat> format) {
    return withShapeRecorded(
        at::detail::empty_meta(sizes, type.value_or(at::get_default_dtype_as_scalartype()), format));
}

at::Tensor newEmptyStrided(const at::Tensor& self, at::IntArrayRef sizes, at::IntArrayRef strides,
                           std::optional<at::ScalarType> type, std::optional<at::Layout>,
                           OptionalDevice device, std::optional<bool>) {
    const at::ScalarType own = type.value_or(self.scalar_type());
    if (!device.value_or(self.device()).is_meta())
        return at::empty_strided(sizes, strides, self.options().dtype(own).device(device));
    return at::detail::empty_strided_meta(sizes, strides, own);
}

at::Tensor emptyLike(const at::Tensor& self, std::optional<at::ScalarType> type,
                     std::optional<at::Layout> layout, OptionalDevice device, std::optional<bool> pinned,
                     std::optional<at::MemoryFormat> format) {
    if (!keepsStrides(self, device, format))
        return at::native::empty_like(self, type, layout, device, pinned, format);
    return withShapeRecorded(
        at::detail::empty_strided_meta(self.sizes(), self.strides(), type.value_or(self.scalar_type())));
}

at::Tensor zerosLike(const at::Tensor& self, std::optional<at::ScalarType> type,
                     std::optional<at::Layout> layout, OptionalDevice device, std::optional<bool> pinned,
                     std::optional<at::MemoryFormat> format) {
    if (!keepsStrides(self, device, format))
        return at::native::zeros_like(self, type, layout, device, pinned, format);
    return at::detail::empty_strided_meta(self.sizes(), self.strides(), type.value_or(self.scalar_type()));
}

at::Tensor clone(const at::Tensor& self, std::optional<at::MemoryFormat> format) {
    if (format == at::MemoryFormat::Contiguous)
        return withShapeRecorded(at::detail::empty_meta(self.sizes(), self.scalar_type()));
    if (!keepsStrides(self, {}, format))
        return at::native::clone(self, format);
    return withShapeRecorded(
        at::detail::empty_strided_meta(self.sizes(), self.strides(), self.scalar_type()));
}

at::Tensor toCopy(const at::Tensor& self, std::optional<at::ScalarType> type,
                  std::optional<at::Layout> layout, OptionalDevice device, std::optional<bool> pinned,
                  bool nonBlocking, std::optional<at::MemoryFormat> format) {
    if (!keepsStrides(self, device, format))
        return at::native::_to_copy(self, type, layout, device, pinned, nonBlocking, format);
    return withShapeRecorded(
        at::detail::empty_strided_meta(self.sizes(), self.strides(), type.value_or(self.scalar_type())));
}

at::Tensor stack(at::TensorList tensors, std::int64_t dimension) {
    const at::Tensor& first = tensors.front();
    constexpr std::int64_t channelsLastDimensions = 4; // from here on the result may be channels-last
    const bool alike = std::all_of(tensors.begin(), tensors.end(), [&](const at::Tensor& each) {
        return each.sizes() == first.sizes() && each.scalar_type() == first.scalar_type();
    });
    if (!alike || first.dim() + 1 >= channelsLastDimensions)
        return at::native::stack(tensors, dimension);
    Extents sizes = sizesOf(first);
    sizes.insert(sizes.begin() + at::maybe_wrap_dim(dimension, first.dim() + 1),
                 static_cast<std::int64_t>(tensors.size()));
    return at::detail::empty_meta(sizes, first.scalar_type());
}

// ------------------------------------------------------------ element-wise

/// Whether an element-wise result of two tensors is contiguous and of their type.
bool givesContiguous(const at::Tensor& a, const at::Tensor& b) {
    return a.scalar_type() == b.scalar_type() && a.is_contiguous() && b.is_contiguous();
}

at::Tensor mul(const at::Tensor& self, const at::Tensor& other) {
    if (!givesContiguous(self, other))
        return at::meta::mul(self, other);
    return at::detail::empty_meta(at::infer_size_dimvector(self.sizes(), other.sizes()), self.scalar_type());
}

at::Tensor sub(const at::Tensor& self, const at::Tensor& other, const at::Scalar& alpha) {
    if (!givesContiguous(self, other))
        return at::meta::sub(self, other, alpha);
    return at::detail::empty_meta(at::infer_size_dimvector(self.sizes(), other.sizes()), self.scalar_type());
}

// ------------------------------------------------------------ in place: nothing is allocated

at::Tensor& inPlaceTensor(at::Tensor& self, const at::Tensor&) {
    return self;
}

at::Tensor& inPlaceTensorAlpha(at::Tensor& self, const at::Tensor&, const at::Scalar&) {
    return self;
}

at::Tensor& inPlaceScalar(at::Tensor& self, const at::Scalar&) {
    return self;
}

at::Tensor& inPlaceScalarAlpha(at::Tensor& self, const at::Scalar&, const at::Scalar&) {
    return self;
}

at::Tensor& inPlaceCopy(at::Tensor& self, const at::Tensor&, bool) {
    return self;
}

at::Tensor& inPlaceTwoTensors(at::Tensor& self, const at::Tensor&, const at::Tensor&) {
    return self;
}

at::Tensor& inPlaceTwoTensorsValue(at::Tensor& self, const at::Tensor&, const at::Tensor&,
                                   const at::Scalar&) {
    return self;
}

} // namespace

void registerDirectKernels() {
    // Never destroyed: that would remove the kernels while tensors still exist.
    auto& library =
        *new torch::Library(torch::Library::IMPL, "aten", c10::DispatchKey::Meta, __FILE__, __LINE__);
    library.impl("slice.Tensor", TORCH_FN(slice));
    library.impl("select.int", TORCH_FN(select));
    library.impl("transpose.int", TORCH_FN(transpose));
    library.impl("unsqueeze", TORCH_FN(unsqueeze));
    library.impl("squeeze.dim", TORCH_FN(squeeze));
    library.impl("permute", TORCH_FN(permute));
    library.impl("expand", TORCH_FN(expand));
    library.impl("empty.memory_format", TORCH_FN(empty));
    library.impl("zeros", TORCH_FN(filled));
    library.impl("ones", TORCH_FN(filled));
    library.impl("new_empty_strided", TORCH_FN(newEmptyStrided));
    library.impl("empty_like", TORCH_FN(emptyLike));
    library.impl("zeros_like", TORCH_FN(zerosLike));
    library.impl("clone", TORCH_FN(clone));
    library.impl("_to_copy", TORCH_FN(toCopy));
    library.impl("stack", TORCH_FN(stack));
    library.impl("mul.Tensor", TORCH_FN(mul));
    library.impl("sub.Tensor", TORCH_FN(sub));
    library.impl("copy_", TORCH_FN(inPlaceCopy));
    library.impl("mul_.Scalar", TORCH_FN(inPlaceScalar));
    library.impl("div_.Scalar", TORCH_FN(inPlaceScalar));
    library.impl("add_.Scalar", TORCH_FN(inPlaceScalarAlpha));
    library.impl("mul_.Tensor", TORCH_FN(inPlaceTensor));
    library.impl("div_.Tensor", TORCH_FN(inPlaceTensor));
    library.impl("add_.Tensor", TORCH_FN(inPlaceTensorAlpha));
    library.impl("sub_.Tensor", TORCH_FN(inPlaceTensorAlpha));
    library.impl("lerp_.Tensor", TORCH_FN(inPlaceTwoTensors));
    library.impl("addcmul_", TORCH_FN(inPlaceTwoTensorsValue));
}

} // namespace headroom
