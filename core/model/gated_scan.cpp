#include "core/model/gated_scan.h"

#include "core/model/recompute.h"
#include "core/model/scan_form.h"
#include "core/model/scan_rows.h"

#include <ATen/ATen.h>
#include <ATen/Dispatch.h>
#include <ATen/OpMathType.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>

namespace headroom {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

constexpr std::int64_t parametersPerSide = 5;

variable_list leaves(const MixerParameters& p) {
    return {p.convWeight, p.convBias, p.dtBias, p.aLog, p.d};
}

/// Where values are; nowhere on Meta.
template <class S>
const S* valuesOf(const at::Tensor& tensor) {
    return tensor.is_meta() ? nullptr : tensor.const_data_ptr<S>();
}

template <class S>
ScanWeights<S> weightsAt(const variable_list& parameters, std::int64_t side) {
    const at::Tensor* p = parameters.data() + side * parametersPerSide;
    return {valuesOf<S>(p[0]), valuesOf<S>(p[1]), valuesOf<S>(p[2]), valuesOf<S>(p[3]), valuesOf<S>(p[4])};
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
Tokens<T> sideOf(T* data, const ScanSizes& sizes, std::int64_t width, std::int64_t count,
                 std::int64_t index) {
    return {data + index * width, sizes.length * count * width, count * width};
}

template <class T, class S>
at::Tensor runForward(const at::Tensor& projected, const ScanSizes& sizes, const ScanWeights<S>& weights,
                      std::int64_t sides, std::int64_t side) {
    const at::Tensor out = at::empty({sizes.rows, sizes.length, sizes.inner}, projected.options());
    if (out.is_meta())
        return out;
    const auto from = sideOf(projected.const_data_ptr<T>(), sizes, sizes.projectedDim(), sides, side);
    const auto to = sideOf(out.mutable_data_ptr<T>(), sizes, sizes.inner, 1, 0);
    at::parallel_for(0, sizes.rows, 1, [&](std::int64_t begin, std::int64_t end) {
        scanForward<T, S>(sizes, weights, from, to, begin, end);
    });
    return out;
}

/// Gradients of one side's parameters, in the order of leaves().
template <class T, class S>
variable_list runBackward(const at::Tensor& projected, const at::Tensor& gradOut, const ScanSizes& sizes,
                          const ScanWeights<S>& weights, std::int64_t sides, std::int64_t side,
                          const at::Tensor& gradProjected) {
    // One sum per thread, added up in their order: the same threads give the same bits.
    const std::int64_t threads = at::get_num_threads();
    const auto options = projected.options().dtype(c10::CppTypeToScalarType<S>::value);
    variable_list sums;
    for (const std::int64_t count :
         {sizes.convDim() * sizes.taps, sizes.convDim(), sizes.heads(), sizes.heads(), sizes.heads()})
        sums.push_back(at::zeros({threads, count}, options));
    if (!projected.is_meta()) {
        const auto from = sideOf(projected.const_data_ptr<T>(), sizes, sizes.projectedDim(), sides, side);
        const auto above = sideOf(gradOut.const_data_ptr<T>(), sizes, sizes.inner, 1, 0);
        const auto to = sideOf(gradProjected.mutable_data_ptr<T>(), sizes, sizes.projectedDim(), sides, side);
        at::parallel_for(0, sizes.rows, 1, [&](std::int64_t begin, std::int64_t end) {
            const auto of = [&](std::size_t which) {
                return sums[which].mutable_data_ptr<S>() + at::get_thread_num() * sums[which].size(1);
            };
            scanBackward<T, S>(sizes, weights, from, above, to, {of(0), of(1), of(2), of(3), of(4)}, begin,
                               end);
        });
    }
    for (at::Tensor& sum : sums)
        sum = sum.sum(0);
    sums[0] = sums[0].view({sizes.convDim(), 1, sizes.taps});
    return sums;
}

/// The kernels for the CPU, or on Meta what they would allocate there; both directions in one node: their
/// gradients fill one tensor.
struct CpuScan : torch::autograd::Function<CpuScan> {
    static variable_list forward(AutogradContext* context, const at::Tensor& projected,
                                 at::TensorList parameters, const MixerShape& shape,
                                 const std::vector<ScanSide>& sides) {
        variable_list saved(parameters.begin(), parameters.end());
        variable_list results;
        const auto count = static_cast<std::int64_t>(sides.size());
        AT_DISPATCH_FLOATING_TYPES_AND(at::kBFloat16, projected.scalar_type(), "gatedScan", [&] {
            using S = at::opmath_type<scalar_t>;
            for (std::int64_t side = 0; side < count; ++side) {
                results.push_back(runForward<scalar_t, S>(projected,
                                                          sizesOf(projected, shape, sides[side].direction),
                                                          weightsAt<S>(saved, side), count, side));
            }
        });
        saved.push_back(projected);
        context->save_for_backward(saved);
        context->saved_data["shape"] = std::vector<std::int64_t>{shape.modelDim, shape.innerDim, shape.dState,
                                                                 shape.headdim, shape.dConv};
        std::vector<std::int64_t> directions;
        for (const ScanSide& side : sides)
            directions.push_back(static_cast<std::int64_t>(side.direction));
        context->saved_data["directions"] = directions;
        return results;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        auto saved = context->get_saved_variables();
        const at::Tensor projected = saved.back();
        saved.pop_back();
        const auto s = context->saved_data["shape"].toIntVector();
        const MixerShape shape{s[0], s[1], s[2], s[3], s[4]};
        const auto directions = context->saved_data["directions"].toIntVector();
        const auto count = static_cast<std::int64_t>(directions.size());
        const at::Tensor gradProjected = at::empty_like(projected);
        variable_list results{gradProjected};
        AT_DISPATCH_FLOATING_TYPES_AND(at::kBFloat16, projected.scalar_type(), "gatedScan", [&] {
            using S = at::opmath_type<scalar_t>;
            for (std::int64_t side = 0; side < count; ++side) {
                const auto sizes = sizesOf(projected, shape, static_cast<Direction>(directions[side]));
                const auto found =
                    runBackward<scalar_t, S>(projected, gradients[side].contiguous(), sizes,
                                             weightsAt<S>(saved, side), count, side, gradProjected);
                results.insert(results.end(), found.begin(), found.end());
            }
        });
        results.insert(results.end(), {Variable(), Variable()});
        return results;
    }
};

} // namespace

std::vector<at::Tensor> gatedScan(const at::Tensor& projected, const MixerShape& shape,
                                  const std::vector<ScanSide>& sides) {
    if (scansByKernels(projected.is_cpu())) {
        variable_list parameters;
        for (const ScanSide& side : sides) {
            const auto own = leaves(*side.parameters);
            parameters.insert(parameters.end(), own.begin(), own.end());
        }
        return CpuScan::apply(projected.contiguous(), at::TensorList(parameters), shape, sides);
    }
    const auto parts = at::chunk(projected, static_cast<std::int64_t>(sides.size()), -1);
    std::vector<at::Tensor> results;
    for (std::size_t i = 0; i < sides.size(); ++i) {
        const MixerParameters p = *sides[i].parameters;
        const auto run = [shape, p, direction = sides[i].direction](const at::Tensor& input) {
            return composedGatedScan(input, shape, p, direction);
        };
        results.push_back(at::GradMode::is_enabled() ? recomputed(run, parts[i], leaves(p)) : run(parts[i]));
    }
    return results;
}

} // namespace headroom
