// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/cpu_mixer.h"

#include "core/kernels/cpu/aligned_memory.h"
#include "core/kernels/cpu/bfloat16_tiles.h"
#include "core/kernels/cpu/product.h"
#include "core/kernels/cpu/scan_rows.h"
#include "core/kernels/kernel_cost.h"
#include "core/model/recomputation.h"
#include "core/support/rounding.h"

#include <ATen/ATen.h>
#include <ATen/Dispatch.h>
#include <ATen/OpMathType.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <type_traits>

namespace headroom {
namespace {

/// Target size of the projected tokens of a block: small enough for the L2 cache, large enough for fast
/// products. A single row may be larger.
constexpr std::int64_t elementsPerBlock = 1 << 18;

/// Partition of the rows into blocks.
struct Blocks {
    std::int64_t rows;
    std::int64_t length;
    std::int64_t rowsPerBlock;

    Blocks(const at::Tensor& x, std::int64_t projectedDim)
        : rows(x.size(0)), length(x.size(1)),
          rowsPerBlock(std::clamp<std::int64_t>(elementsPerBlock / (projectedDim * length), 1,
                                                divideUp(rows, at::get_num_threads()))) {}

    std::int64_t count() const { return divideUp(rows, rowsPerBlock); }
    std::int64_t first(std::int64_t block) const { return block * rowsPerBlock; }
    std::int64_t size(std::int64_t block) const { return std::min(rowsPerBlock, rows - first(block)); }
    std::int64_t tokensPerBlock() const { return rowsPerBlock * length; }
};

ScanSizes sizesOf(const MixerShape& shape, std::int64_t length, Direction direction, ProductForm products) {
    ScanSizes sizes{.length = length,
                    .inner = shape.innerDim,
                    .state = shape.dState,
                    .headdim = shape.headdim,
                    .taps = shape.dConv,
                    .chunkLength = length,
                    .backward = direction == Direction::Backward,
                    .products = products};
    sizes.chunkLength = bestChunkLength(sizes);
    return sizes;
}

template <class S>
ScanWeights<S> weightsOf(const ScanSide& side) {
    return {side.convWeight.const_data_ptr<S>(), side.convBias.const_data_ptr<S>(),
            side.dtBias.const_data_ptr<S>(), side.aLog.const_data_ptr<S>(), side.d.const_data_ptr<S>()};
}

/// What computes products of these tokens.
/// @param ofFloat for float32 tokens
ProductForm productForm(at::ScalarType tokens, ProductForm ofFloat) {
    if (tokens == at::kBFloat16)
        return hasBfloat16Tiles() ? ProductForm::Tiles : ProductForm::Blas;
    return tokens == at::kFloat ? ofFloat : ProductForm::Blas;
}

double bytesOf(const at::Tensor& tensor) {
    return static_cast<double>(tensor.nbytes());
}

/// @param in, out products of the size of in_proj and out_proj, per token and side
/// @param scans cost of the scans in units of a forward scan
Cost costOf(const CpuMixer& mixer, const at::Tensor& x, int in, int out, int scans) {
    const auto tokens = static_cast<double>(x.size(0) * x.size(1));
    Cost cost{.bytes = bytesOf(x)};
    const ProductForm products = productForm(x.scalar_type(), ProductForm::Blas);
    double& flops = products == ProductForm::Tiles ? cost.bf16Flops : cost.flops;
    double& scanElements = x.scalar_type() == at::kBFloat16 ? cost.bf16ScanElements : cost.scanElements;
    for (std::size_t i = 0; i < mixer.sides.size(); ++i) {
        const auto input = static_cast<double>(mixer.shape.projectedDim() * x.size(2));
        const auto output = static_cast<double>(mixer.outProj[i].numel());
        const double ofScan = scanFlops(sizesOf(mixer.shape, x.size(1), mixer.sides[i].direction, products));
        flops += tokens * (2 * (in * input + out * output) + scans * ofScan);
        scanElements += tokens * scans * static_cast<double>(mixer.shape.projectedDim());
    }
    return cost;
}

/// Creates a scan for each side of the mixer.
template <class Scan, class S>
std::vector<Scan> scansOf(const CpuMixer& mixer, std::int64_t length, ProductForm products) {
    std::vector<Scan> scans;
    for (const ScanSide& side : mixer.sides)
        scans.emplace_back(sizesOf(mixer.shape, length, side.direction, products), weightsOf<S>(side));
    return scans;
}

/// Where to accumulate a result of type T in S: in the result itself if the types agree, else in `buffer`,
/// from which roundTo() converts.
template <class T, class S>
S* accumulatorFor(T* result, AlignedBuffer<S>& buffer) {
    if constexpr (std::is_same_v<T, S>)
        return result;
    else
        return buffer.data();
}

template <class T, class S>
void roundTo(T* result, const S* sums, std::int64_t count) {
    if constexpr (!std::is_same_v<T, S>)
        convert(sums, count, result);
}

/// The packed projections of one side, shared by all threads.
template <class S>
struct Projections {
    PackedMatrix<S> in;  ///< [d, 2 D + 2 N + H]
    PackedMatrix<S> out; ///< [D, d']

    explicit Projections(ProductForm form) : in(Side::Right, form), out(Side::Right, form) {}
};

enum class Transposed { No, Yes };

/// Packs the projections of each side, which have type T and must outlive the result.
template <class T, class S>
std::vector<Projections<S>> projectionsOf(const CpuMixer& mixer, Transposed transposed,
                                          ProductForm products) {
    const auto width = mixer.shape.projectedDim();
    const auto inner = mixer.shape.innerDim;
    const auto d = mixer.inProj.size(1);
    const auto dOut = mixer.outProj[0].size(1);
    std::vector<Projections<S>> all;
    for (std::size_t i = 0; i < mixer.sides.size(); ++i) {
        const Matrix<T> in{mixer.inProj.const_data_ptr<T>() + static_cast<std::int64_t>(i) * width * d, d,
                           true};
        const Matrix<T> out{mixer.outProj[i].const_data_ptr<T>(), dOut};
        Projections<S>& side = all.emplace_back(products);
        if (transposed == Transposed::No) {
            side.in.pack(in, width, d);
            side.out.pack(out, dOut, inner);
        } else {
            side.in.pack(in.transposed(), d, width);
            side.out.pack(out.transposed(), inner, dOut);
        }
    }
    return all;
}

/// Distance between projected tokens in scratch memory, rounded up to 16 elements.
std::int64_t strideOf(const MixerShape& shape) {
    constexpr std::int64_t multiple = 16;
    return roundUp(shape.projectedDim(), multiple);
}

CpuMixer contiguous(const CpuMixer& mixer) {
    CpuMixer result{mixer.shape, mixer.inProj.contiguous(), {}, mixer.sides, mixer.floatProducts};
    result.outProj.reserve(mixer.outProj.size());
    for (const at::Tensor& matrix : mixer.outProj)
        result.outProj.push_back(matrix.contiguous());
    return result;
}

// T is the type of the tokens, S that of scans and accumulators.

template <class T, class S>
struct ForwardBlocks {
    const CpuMixer& mixer;
    const Blocks& blocks;
    ProductForm products;
    std::vector<Projections<S>> projections = projectionsOf<T, S>(mixer, Transposed::No, products);

    void run(const at::Tensor& x, const at::Tensor& out, std::int64_t begin, std::int64_t end) const {
        const auto d = x.size(2);
        const auto dOut = out.size(2);
        const auto inner = mixer.shape.innerDim;
        const auto stride = strideOf(mixer.shape);
        const auto length = blocks.length;
        auto scans = scansOf<ForwardScan<S>, S>(mixer, length, products);
        PackedMatrix<S> tokens(Side::Left, products);
        PackedMatrix<S> left(Side::Left, products);
        AlignedBuffer<S> sumBuffer(std::is_same_v<T, S> ? 0 : blocks.tokensPerBlock() * dOut);
        AlignedBuffer<S> projected(blocks.tokensPerBlock() * stride);
        AlignedBuffer<S> scanOutput(blocks.tokensPerBlock() * inner);
        for (std::int64_t block = begin; block < end; ++block) {
            const auto first = blocks.first(block) * length;
            const auto count = blocks.size(block) * length;
            tokens.pack(Matrix<T>{x.const_data_ptr<T>() + first * d, d}, count, d);
            T* result = out.mutable_data_ptr<T>() + first * dOut;
            S* sum = accumulatorFor(result, sumBuffer);
            for (std::size_t i = 0; i < scans.size(); ++i) {
                multiply(tokens, projections[i].in, projected.data(), stride, false);
                scans[i].run({projected.data(), length * stride, stride},
                             {scanOutput.data(), length * inner, inner}, blocks.size(block));
                left.pack(Matrix<S>{scanOutput.data(), inner}, count, inner);
                multiply(left, projections[i].out, sum, dOut, i > 0);
            }
            roundTo(result, sum, count * dOut);
        }
    }
};

/// Gradient accumulators, one per thread. total() adds them in thread order, so that results are reproducible
/// for a given number of threads.
class ThreadSums {
public:
    explicit ThreadSums(const at::Tensor& like, at::ScalarType type)
        : like_(like), sums_(at::zeros({at::get_num_threads(), like.numel()},
                                       like.options().dtype(type).requires_grad(false))) {}

    template <class S>
    S* ofThisThread() const {
        return sums_.mutable_data_ptr<S>() + at::get_thread_num() * like_.numel();
    }
    at::Tensor total() {
        const at::Tensor sum = std::exchange(sums_, {}).sum(0);
        return sum.view_as(like_).to(like_.scalar_type());
    }

private:
    at::Tensor like_;
    at::Tensor sums_;
};

/// Accumulators for all weights of the mixer, in the order of CpuMixer::backward().
std::vector<ThreadSums> threadSums(const CpuMixer& mixer) {
    const auto type = at::toOpMathType(mixer.inProj.scalar_type());
    std::vector<ThreadSums> sums{ThreadSums(mixer.inProj, type)};
    for (const at::Tensor& tensor : mixer.outProj)
        sums.emplace_back(tensor, type);
    for (const ScanSide& side : mixer.sides) {
        for (const at::Tensor& tensor : side.tensors())
            sums.emplace_back(tensor, type);
    }
    return sums;
}

template <class S>
ScanGradients<S> scanGradients(const std::vector<ThreadSums>& sums, std::size_t sides, std::size_t side) {
    const ThreadSums* own = sums.data() + 1 + sides + side * ScanSide::tensorCount;
    return {own[0].ofThisThread<S>(), own[1].ofThisThread<S>(), own[2].ofThisThread<S>(),
            own[3].ofThisThread<S>(), own[4].ofThisThread<S>()};
}

template <class T, class S>
struct BackwardBlocks {
    const CpuMixer& mixer;
    const Blocks& blocks;
    ProductForm products;
    std::vector<Projections<S>> projections = projectionsOf<T, S>(mixer, Transposed::No, products);
    std::vector<Projections<S>> transposed = projectionsOf<T, S>(mixer, Transposed::Yes, products);

    void run(const at::Tensor& x, const at::Tensor& gradOut, const at::Tensor& gradX,
             const std::vector<ThreadSums>& sums, std::int64_t begin, std::int64_t end) const {
        const auto d = x.size(2);
        const auto dOut = gradOut.size(2);
        const auto width = mixer.shape.projectedDim();
        const auto inner = mixer.shape.innerDim;
        const auto stride = strideOf(mixer.shape);
        const auto length = blocks.length;
        auto scans = scansOf<BackwardScan<S>, S>(mixer, length, products);
        PackedMatrix<S> left(Side::Left, products);
        PackedMatrix<S> tokens(Side::Left, products);
        PackedMatrix<S> tokensRight(Side::Right, products);
        PackedMatrix<S> gradOutLeft(Side::Left, products);
        PackedMatrix<S> gradOutRight(Side::Right, products);
        AlignedBuffer<S> gradXBuffer(std::is_same_v<T, S> ? 0 : blocks.tokensPerBlock() * d);
        AlignedBuffer<S> projected(blocks.tokensPerBlock() * stride);
        AlignedBuffer<S> gradProjected(blocks.tokensPerBlock() * stride);
        AlignedBuffer<S> scanOutput(blocks.tokensPerBlock() * inner);
        AlignedBuffer<S> gradScanOutput(blocks.tokensPerBlock() * inner);
        for (std::int64_t block = begin; block < end; ++block) {
            const auto first = blocks.first(block) * length;
            const auto count = blocks.size(block) * length;
            const Matrix<T> tokenBlock{x.const_data_ptr<T>() + first * d, d};
            const Matrix<T> gradOutBlock{gradOut.const_data_ptr<T>() + first * dOut, dOut};
            tokens.pack(tokenBlock, count, d);
            tokensRight.pack(tokenBlock, d, count);
            gradOutLeft.pack(gradOutBlock, count, dOut);
            gradOutRight.pack(gradOutBlock, dOut, count);
            T* result = gradX.mutable_data_ptr<T>() + first * d;
            S* gradTokens = accumulatorFor(result, gradXBuffer);
            for (std::size_t i = 0; i < scans.size(); ++i) {
                multiply(tokens, projections[i].in, projected.data(), stride, false);
                multiply(gradOutLeft, transposed[i].out, gradScanOutput.data(), inner, false);
                scans[i].run({projected.data(), length * stride, stride},
                             {gradScanOutput.data(), length * inner, inner},
                             {gradProjected.data(), length * stride, stride},
                             {scanOutput.data(), length * inner, inner},
                             scanGradients<S>(sums, mixer.sides.size(), i), blocks.size(block));
                left.pack(Matrix<S>{scanOutput.data(), inner, true}, inner, count);
                multiply(left, gradOutRight, sums[1 + i].ofThisThread<S>(), dOut, true);
                left.pack(Matrix<S>{gradProjected.data(), stride, true}, width, count);
                multiply(left, tokensRight,
                         sums[0].ofThisThread<S>() + static_cast<std::int64_t>(i) * width * d, d, true);
                left.pack(Matrix<S>{gradProjected.data(), stride}, count, width);
                multiply(left, transposed[i].in, gradTokens, d, i > 0);
            }
            roundTo(result, gradTokens, count * d);
        }
    }
};

/// Calls run<T, S>() with T the type of the tokens and S the type to compute in.
template <class Run>
void withTypes(at::ScalarType tokens, Run run) {
    AT_DISPATCH_FLOATING_TYPES_AND(at::kBFloat16, tokens, "mixTokens",
                                   [&] { run.template operator()<scalar_t, at::opmath_type<scalar_t>>(); });
}

} // namespace

at::Tensor CpuMixer::result(const at::Tensor& x) const {
    return at::empty({x.size(0), x.size(1), outProj[0].size(1)}, x.options());
}

at::Tensor CpuMixer::forward(const at::Tensor& x) const {
    const CpuMixer mixer = contiguous(*this);
    const Blocks blocks(x, shape.projectedDim());
    at::Tensor out = result(x);
    if (out.is_meta()) {
        Cost cost = costOf(*this, x, 1, 1, 1);
        cost.bytes += bytesOf(out);
        reportKernelCost(cost);
        return out;
    }
    withTypes(x.scalar_type(), [&]<class T, class S>() {
        const ForwardBlocks<T, S> all{mixer, blocks, productForm(x.scalar_type(), floatProducts)};
        at::parallel_for(0, blocks.count(), 1,
                         [&](std::int64_t begin, std::int64_t end) { all.run(x, out, begin, end); });
    });
    return out;
}

std::vector<at::Tensor> CpuMixer::backward(const at::Tensor& x, const at::Tensor& gradOut) const {
    const CpuMixer mixer = contiguous(*this);
    const Blocks blocks(x, shape.projectedDim());
    std::vector<ThreadSums> sums = threadSums(*this);
    std::vector<at::Tensor> gradients{at::empty_like(x)};
    if (x.is_meta()) {
        Cost cost = costOf(*this, x, 2, 2, 2);
        cost.bytes += bytesOf(x) + bytesOf(gradOut);
        reportKernelCost(cost);
        Cost again = costOf(*this, x, 1, 0, 1);
        again.bytes = 0; // they are in the cache
        const Recomputation recomputation;
        reportKernelCost(again);
    } else {
        withTypes(x.scalar_type(), [&]<class T, class S>() {
            const BackwardBlocks<T, S> all{mixer, blocks, productForm(x.scalar_type(), ProductForm::Blas)};
            at::parallel_for(0, blocks.count(), 1, [&](std::int64_t begin, std::int64_t end) {
                all.run(x, gradOut, gradients[0], sums, begin, end);
            });
        });
    }
    for (ThreadSums& sum : sums)
        gradients.push_back(sum.total());
    return gradients;
}

} // namespace headroom
