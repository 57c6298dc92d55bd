#include "core/model/kernel_mixer.h"

#include "core/kernels/cpu/aligned_memory.h"
#include "core/kernels/cpu/bfloat16_tiles.h"
#include "core/kernels/cpu/kernel_cost.h"
#include "core/kernels/cpu/product.h"
#include "core/kernels/cpu/scan_rows.h"

#include <ATen/ATen.h>
#include <ATen/Dispatch.h>
#include <ATen/OpMathType.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <type_traits>

namespace headroom {
namespace {

/// Numbers of the projected tokens that are worked on at once, if a single row has no more: they stay in the
/// second level of the cache, and are enough for products to be fast.
constexpr std::int64_t numbersAtOnce = 1 << 18;

/// Rows, and how many of them are taken at once.
struct Blocks {
    std::int64_t rows;
    std::int64_t length;
    std::int64_t rowsAtOnce;

    Blocks(const at::Tensor& x, std::int64_t projectedDim)
        : rows(x.size(0)), length(x.size(1)),
          rowsAtOnce(std::clamp<std::int64_t>(numbersAtOnce / (projectedDim * length), 1,
                                              (rows + at::get_num_threads() - 1) / at::get_num_threads())) {}

    std::int64_t count() const { return (rows + rowsAtOnce - 1) / rowsAtOnce; }
    std::int64_t first(std::int64_t block) const { return block * rowsAtOnce; }
    std::int64_t size(std::int64_t block) const { return std::min(rowsAtOnce, rows - first(block)); }
    std::int64_t tokensAtOnce() const { return rowsAtOnce * length; }
};

ScanSizes sizesOf(const MixerShape& shape, std::int64_t length, Direction direction, bool tiled) {
    ScanSizes sizes{.length = length,
                    .inner = shape.innerDim,
                    .state = shape.dState,
                    .headdim = shape.headdim,
                    .taps = shape.dConv,
                    .chunkLength = length,
                    .backward = direction == Direction::Backward,
                    .tiled = tiled};
    sizes.chunkLength = bestChunkLength(sizes);
    return sizes;
}

template <class S>
ScanWeights<S> weightsOf(const ScanSide& side) {
    return {side.convWeight.const_data_ptr<S>(), side.convBias.const_data_ptr<S>(),
            side.dtBias.const_data_ptr<S>(), side.aLog.const_data_ptr<S>(), side.d.const_data_ptr<S>()};
}

/// Whether products of such tokens round their factors to bfloat16; otherwise they multiply float32.
bool multipliesTiles(at::ScalarType tokens) {
    return tokens == at::kBFloat16 && hasBfloat16Tiles();
}

double bytesOf(const at::Tensor& tensor) {
    return static_cast<double>(tensor.nbytes());
}

/// @param in, out how many products by a side's matrices, or of their size, each token takes
/// @param scans how many forward scans its scans are worth
Cost workOf(const KernelMixer& mixer, const at::Tensor& x, int in, int out, int scans) {
    const auto tokens = static_cast<double>(x.size(0) * x.size(1));
    Cost work{.bytes = bytesOf(x)};
    const bool tiled = multipliesTiles(x.scalar_type());
    double& flops = tiled ? work.bf16Flops : work.flops;
    double& scanElements = x.scalar_type() == at::kBFloat16 ? work.bf16ScanElements : work.scanElements;
    for (std::size_t i = 0; i < mixer.sides.size(); ++i) {
        const auto input = static_cast<double>(mixer.shape.projectedDim() * x.size(2));
        const auto output = static_cast<double>(mixer.outProj[i].numel());
        const double ofScan = scanFlops(sizesOf(mixer.shape, x.size(1), mixer.sides[i].direction, tiled));
        flops += tokens * (2 * (in * input + out * output) + scans * ofScan);
        scanElements += tokens * scans * static_cast<double>(mixer.shape.projectedDim());
    }
    return work;
}

/// A scan for each side of the mixer.
template <class Scan, class S>
std::vector<Scan> scansOf(const KernelMixer& mixer, std::int64_t length, bool tiled) {
    std::vector<Scan> scans;
    for (const ScanSide& side : mixer.sides)
        scans.emplace_back(sizesOf(mixer.shape, length, side.direction, tiled), weightsOf<S>(side));
    return scans;
}

/// Where numbers of type S go that end as T: where they end, or `room`, to be narrowed later.
template <class T, class S>
S* wideRoom(T* end, AlignedRoom<S>& room) {
    if constexpr (std::is_same_v<T, S>)
        return end;
    else
        return room.data();
}

template <class T, class S>
void narrow(const S* numbers, std::int64_t count, T* end) {
    if constexpr (!std::is_same_v<T, S>)
        convert(numbers, count, end);
}

/// The matrices of one side, shared by all threads.
template <class S>
struct Projections {
    PackedMatrix<S> in;  ///< [d, 2 D + 2 N + H]
    PackedMatrix<S> out; ///< [D, d']

    explicit Projections(bool tiled) : in(Side::Right, tiled), out(Side::Right, tiled) {}
};

enum class Transposed { No, Yes };

/// Of each side, from matrices of type T. They must outlive it.
template <class T, class S>
std::vector<Projections<S>> projectionsOf(const KernelMixer& mixer, Transposed transposed, bool tiled) {
    const auto width = mixer.shape.projectedDim();
    const auto inner = mixer.shape.innerDim;
    const auto d = mixer.inProj.size(1);
    const auto dOut = mixer.outProj[0].size(1);
    std::vector<Projections<S>> all;
    for (std::size_t i = 0; i < mixer.sides.size(); ++i) {
        const Matrix<T> in{mixer.inProj.const_data_ptr<T>() + static_cast<std::int64_t>(i) * width * d, d,
                           true};
        const Matrix<T> out{mixer.outProj[i].const_data_ptr<T>(), dOut};
        Projections<S>& side = all.emplace_back(tiled);
        if (transposed == Transposed::No) {
            side.in.take(in, width, d);
            side.out.take(out, dOut, inner);
        } else {
            side.in.take(in.transposed(), d, width);
            side.out.take(out.transposed(), inner, dOut);
        }
    }
    return all;
}

/// Between projected tokens in scratch: whole lines of the cache.
std::int64_t strideOf(const MixerShape& shape) {
    constexpr std::int64_t line = 16;
    return (shape.projectedDim() + line - 1) / line * line;
}

KernelMixer contiguous(const KernelMixer& mixer) {
    KernelMixer result{mixer.shape, mixer.inProj.contiguous(), {}, mixer.sides};
    result.outProj.reserve(mixer.outProj.size());
    for (const at::Tensor& matrix : mixer.outProj)
        result.outProj.push_back(matrix.contiguous());
    return result;
}

// Tokens are kept as T; scans and sums of products are S.

template <class T, class S>
struct ForwardBlocks {
    const KernelMixer& mixer;
    const Blocks& blocks;
    bool tiled;
    std::vector<Projections<S>> projections = projectionsOf<T, S>(mixer, Transposed::No, tiled);

    void run(const at::Tensor& x, const at::Tensor& out, std::int64_t begin, std::int64_t end) const {
        const auto d = x.size(2);
        const auto dOut = out.size(2);
        const auto inner = mixer.shape.innerDim;
        const auto stride = strideOf(mixer.shape);
        const auto length = blocks.length;
        auto scans = scansOf<ForwardScan<S>, S>(mixer, length, tiled);
        PackedMatrix<S> tokens(Side::Left, tiled);
        PackedMatrix<S> left(Side::Left, tiled);
        AlignedRoom<S> wideSum(std::is_same_v<T, S> ? 0 : blocks.tokensAtOnce() * dOut);
        AlignedRoom<S> projected(blocks.tokensAtOnce() * stride);
        AlignedRoom<S> scanElements(blocks.tokensAtOnce() * inner);
        for (std::int64_t block = begin; block < end; ++block) {
            const auto first = blocks.first(block) * length;
            const auto count = blocks.size(block) * length;
            tokens.take(Matrix<T>{x.const_data_ptr<T>() + first * d, d}, count, d);
            T* result = out.mutable_data_ptr<T>() + first * dOut;
            S* sum = wideRoom(result, wideSum);
            for (std::size_t i = 0; i < scans.size(); ++i) {
                multiply(tokens, projections[i].in, projected.data(), stride, false);
                scans[i].run({projected.data(), length * stride, stride},
                             {scanElements.data(), length * inner, inner}, blocks.size(block));
                left.take(Matrix<S>{scanElements.data(), inner}, count, inner);
                multiply(left, projections[i].out, sum, dOut, i > 0);
            }
            narrow(sum, count * dOut, result);
        }
    }
};

/// Sums of gradients, one for each thread, added up in their order: the same threads give the same bits.
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

/// Sums for all the mixer's weights, in the order of KernelMixer::backward().
std::vector<ThreadSums> threadSums(const KernelMixer& mixer) {
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
    const KernelMixer& mixer;
    const Blocks& blocks;
    bool tiled;
    std::vector<Projections<S>> projections = projectionsOf<T, S>(mixer, Transposed::No, tiled);
    std::vector<Projections<S>> transposed = projectionsOf<T, S>(mixer, Transposed::Yes, tiled);

    void run(const at::Tensor& x, const at::Tensor& gradOut, const at::Tensor& gradX,
             const std::vector<ThreadSums>& sums, std::int64_t begin, std::int64_t end) const {
        const auto d = x.size(2);
        const auto dOut = gradOut.size(2);
        const auto width = mixer.shape.projectedDim();
        const auto inner = mixer.shape.innerDim;
        const auto stride = strideOf(mixer.shape);
        const auto length = blocks.length;
        auto scans = scansOf<BackwardScan<S>, S>(mixer, length, tiled);
        PackedMatrix<S> left(Side::Left, tiled);
        PackedMatrix<S> tokens(Side::Left, tiled);
        PackedMatrix<S> tokensRight(Side::Right, tiled);
        PackedMatrix<S> above(Side::Left, tiled);
        PackedMatrix<S> aboveRight(Side::Right, tiled);
        AlignedRoom<S> wideGradX(std::is_same_v<T, S> ? 0 : blocks.tokensAtOnce() * d);
        AlignedRoom<S> projected(blocks.tokensAtOnce() * stride);
        AlignedRoom<S> gradProjected(blocks.tokensAtOnce() * stride);
        AlignedRoom<S> scanElements(blocks.tokensAtOnce() * inner);
        AlignedRoom<S> gradScanned(blocks.tokensAtOnce() * inner);
        for (std::int64_t block = begin; block < end; ++block) {
            const auto first = blocks.first(block) * length;
            const auto count = blocks.size(block) * length;
            const Matrix<T> tokensHere{x.const_data_ptr<T>() + first * d, d};
            const Matrix<T> aboveHere{gradOut.const_data_ptr<T>() + first * dOut, dOut};
            tokens.take(tokensHere, count, d);
            tokensRight.take(tokensHere, d, count);
            above.take(aboveHere, count, dOut);
            aboveRight.take(aboveHere, dOut, count);
            T* result = gradX.mutable_data_ptr<T>() + first * d;
            S* gradTokens = wideRoom(result, wideGradX);
            for (std::size_t i = 0; i < scans.size(); ++i) {
                multiply(tokens, projections[i].in, projected.data(), stride, false);
                multiply(above, transposed[i].out, gradScanned.data(), inner, false);
                scans[i].run({projected.data(), length * stride, stride},
                             {gradScanned.data(), length * inner, inner},
                             {gradProjected.data(), length * stride, stride},
                             {scanElements.data(), length * inner, inner},
                             scanGradients<S>(sums, mixer.sides.size(), i), blocks.size(block));
                left.take(Matrix<S>{scanElements.data(), inner, true}, inner, count);
                multiply(left, aboveRight, sums[1 + i].ofThisThread<S>(), dOut, true);
                left.take(Matrix<S>{gradProjected.data(), stride, true}, width, count);
                multiply(left, tokensRight,
                         sums[0].ofThisThread<S>() + static_cast<std::int64_t>(i) * width * d, d, true);
                left.take(Matrix<S>{gradProjected.data(), stride}, count, width);
                multiply(left, transposed[i].in, gradTokens, d, i > 0);
            }
            narrow(gradTokens, count * d, result);
        }
    }
};

/// Calls run<T, S>() with the types that tokens of x's type are computed in.
template <class Run>
void withTypes(at::ScalarType tokens, Run run) {
    AT_DISPATCH_FLOATING_TYPES_AND(at::kBFloat16, tokens, "mixTokens",
                                   [&] { run.template operator()<scalar_t, at::opmath_type<scalar_t>>(); });
}

} // namespace

at::Tensor KernelMixer::result(const at::Tensor& x) const {
    return at::empty({x.size(0), x.size(1), outProj[0].size(1)}, x.options());
}

at::Tensor KernelMixer::forward(const at::Tensor& x) const {
    const KernelMixer mixer = contiguous(*this);
    const Blocks blocks(x, shape.projectedDim());
    at::Tensor out = result(x);
    if (out.is_meta()) {
        Cost work = workOf(*this, x, 1, 1, 1);
        work.bytes += bytesOf(out);
        reportKernelCost(work);
        return out;
    }
    withTypes(x.scalar_type(), [&]<class T, class S>() {
        const ForwardBlocks<T, S> all{mixer, blocks, multipliesTiles(x.scalar_type())};
        at::parallel_for(0, blocks.count(), 1,
                         [&](std::int64_t begin, std::int64_t end) { all.run(x, out, begin, end); });
    });
    return out;
}

std::vector<at::Tensor> KernelMixer::backward(const at::Tensor& x, const at::Tensor& gradOut) const {
    const KernelMixer mixer = contiguous(*this);
    const Blocks blocks(x, shape.projectedDim());
    std::vector<ThreadSums> sums = threadSums(*this);
    std::vector<at::Tensor> gradients{at::empty_like(x)};
    if (x.is_meta()) {
        Cost work = workOf(*this, x, 3, 2, 3);
        work.bytes += bytesOf(x) + bytesOf(gradOut);
        reportKernelCost(work);
    } else {
        withTypes(x.scalar_type(), [&]<class T, class S>() {
            const BackwardBlocks<T, S> all{mixer, blocks, multipliesTiles(x.scalar_type())};
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
