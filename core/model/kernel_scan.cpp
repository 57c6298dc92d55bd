#include "core/model/kernel_scan.h"

#include "core/model/scan_rows.h"

#include <ATen/ATen.h>
#include <ATen/Dispatch.h>
#include <ATen/OpMathType.h>
#include <ATen/Parallel.h>

namespace headroom {
namespace {

template <class S>
ScanWeights<S> weightsOf(const ScanSide& side) {
    return {side.convWeight.const_data_ptr<S>(), side.convBias.const_data_ptr<S>(),
            side.dtBias.const_data_ptr<S>(), side.aLog.const_data_ptr<S>(), side.d.const_data_ptr<S>()};
}

ScanSizes sizesOf(const at::Tensor& projected, const MixerShape& shape, Direction direction) {
    ScanSizes sizes{.rows = projected.size(0),
                    .length = projected.size(1),
                    .inner = shape.innerDim,
                    .state = shape.dState,
                    .headdim = shape.headdim,
                    .taps = shape.dConv,
                    .chunkLength = projected.size(1),
                    .backward = direction == Direction::Backward};
    sizes.chunkLength = bestChunkLength(sizes);
    return sizes;
}

/// Side `index` of contiguous tokens that hold `count` sides of `width` next to each other.
template <class T>
Tokens<T> sideOf(T* data, const ScanSizes& sizes, std::int64_t width, std::size_t count, std::size_t index) {
    const auto token = static_cast<std::int64_t>(count) * width;
    return {data + static_cast<std::int64_t>(index) * width, sizes.length * token, token};
}

} // namespace

at::Tensor kernelScanForward(const at::Tensor& projected, const MixerShape& shape,
                             const std::vector<ScanSide>& sides, std::size_t index) {
    const ScanSizes sizes = sizesOf(projected, shape, sides[index].direction);
    const at::Tensor out = at::empty({sizes.rows, sizes.length, sizes.inner}, projected.options());
    if (out.is_meta())
        return out;
    AT_DISPATCH_FLOATING_TYPES_AND(at::kBFloat16, projected.scalar_type(), "gatedScan", [&] {
        using S = at::opmath_type<scalar_t>;
        const auto weights = weightsOf<S>(sides[index]);
        const auto from =
            sideOf(projected.const_data_ptr<scalar_t>(), sizes, sizes.projectedDim(), sides.size(), index);
        const auto to = sideOf(out.mutable_data_ptr<scalar_t>(), sizes, sizes.inner, 1, 0);
        at::parallel_for(0, sizes.rows, 1, [&](std::int64_t begin, std::int64_t end) {
            scanForward<scalar_t, S>(sizes, weights, from, to, begin, end);
        });
    });
    return out;
}

namespace {

/// @param sums a row for each thread by tensor of the side
void addGradients(const at::Tensor& projected, const at::Tensor& gradOut, const ScanSizes& sizes,
                  const std::vector<ScanSide>& sides, std::size_t index, const at::Tensor& gradProjected,
                  const std::vector<at::Tensor>& sums) {
    AT_DISPATCH_FLOATING_TYPES_AND(at::kBFloat16, projected.scalar_type(), "gatedScan", [&] {
        using S = at::opmath_type<scalar_t>;
        const auto weights = weightsOf<S>(sides[index]);
        const auto from =
            sideOf(projected.const_data_ptr<scalar_t>(), sizes, sizes.projectedDim(), sides.size(), index);
        const auto above = sideOf(gradOut.const_data_ptr<scalar_t>(), sizes, sizes.inner, 1, 0);
        const auto to = sideOf(gradProjected.mutable_data_ptr<scalar_t>(), sizes, sizes.projectedDim(),
                               sides.size(), index);
        at::parallel_for(0, sizes.rows, 1, [&](std::int64_t begin, std::int64_t end) {
            const auto of = [&](std::size_t which) {
                return sums[which].mutable_data_ptr<S>() + at::get_thread_num() * sums[which].size(1);
            };
            scanBackward<scalar_t, S>(sizes, weights, from, above, to, {of(0), of(1), of(2), of(3), of(4)},
                                      begin, end);
        });
    });
}

} // namespace

std::vector<at::Tensor> kernelScanBackward(const at::Tensor& projected, const at::Tensor& gradOut,
                                           const MixerShape& shape, const std::vector<ScanSide>& sides,
                                           std::size_t index, const at::Tensor& gradProjected) {
    const ScanSizes sizes = sizesOf(projected, shape, sides[index].direction);
    // One sum per thread, added up in their order: the same threads give the same bits.
    const std::int64_t threads = at::get_num_threads();
    std::vector<at::Tensor> sums;
    for (const at::Tensor& tensor : sides[index].tensors())
        sums.push_back(at::zeros({threads, tensor.numel()}, tensor.options().requires_grad(false)));
    if (!projected.is_meta())
        addGradients(projected, gradOut, sizes, sides, index, gradProjected, sums);
    for (std::size_t i = 0; i < sums.size(); ++i)
        sums[i] = sums[i].sum(0).view_as(sides[index].tensors()[i]);
    return sums;
}

} // namespace headroom
