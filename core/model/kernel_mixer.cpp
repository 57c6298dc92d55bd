#include "core/model/kernel_mixer.h"

#include "core/model/aligned_memory.h"
#include "core/model/bfloat16_tiles.h"
#include "core/model/kernel_work.h"
#include "core/model/scan_rows.h"
#include "core/model/tile_product.h"

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

ScanSizes sizesOf(const MixerShape& shape, std::int64_t length, Direction direction) {
    ScanSizes sizes{.length = length,
                    .inner = shape.innerDim,
                    .state = shape.dState,
                    .headdim = shape.headdim,
                    .taps = shape.dConv,
                    .chunkLength = length,
                    .backward = direction == Direction::Backward};
    sizes.chunkLength = bestChunkLength(sizes);
    return sizes;
}

template <class S>
ScanWeights<S> weightsOf(const ScanSide& side) {
    return {side.convWeight.const_data_ptr<S>(), side.convBias.const_data_ptr<S>(),
            side.dtBias.const_data_ptr<S>(), side.aLog.const_data_ptr<S>(), side.d.const_data_ptr<S>()};
}

/// What the projections multiply of tokens of a type.
at::ScalarType productType(at::ScalarType tokens) {
    return tokens == at::kBFloat16 && !hasBfloat16Tiles() ? at::kFloat : tokens;
}

double bytesOf(const at::Tensor& tensor) {
    return static_cast<double>(tensor.nbytes());
}

/// @param in, out how many products by a side's matrices, or of their size, each token takes
/// @param scans how many forward scans its scans are worth
Work workOf(const KernelMixer& mixer, const at::Tensor& x, int in, int out, int scans) {
    const auto tokens = static_cast<double>(x.size(0) * x.size(1));
    Work work{.bytes = bytesOf(x)};
    double& flops = productType(x.scalar_type()) == at::kBFloat16 ? work.halfFlops : work.flops;
    for (std::size_t i = 0; i < mixer.sides.size(); ++i) {
        const auto input = static_cast<double>(mixer.shape.projectedDim() * x.size(2));
        const auto output = static_cast<double>(mixer.outProj[i].numel());
        flops += 2 * tokens * (in * input + out * output);
        work.scanFlops +=
            tokens * scans * scanFlops(sizesOf(mixer.shape, x.size(1), mixer.sides[i].direction));
    }
    return work;
}

/// A scan for each side of the mixer.
template <class Scan, class S>
std::vector<Scan> scansOf(const KernelMixer& mixer, std::int64_t length) {
    std::vector<Scan> scans;
    for (const ScanSide& side : mixer.sides)
        scans.emplace_back(sizesOf(mixer.shape, length, side.direction), weightsOf<S>(side));
    return scans;
}

/// The numbers as To: themselves, or in `room`.
template <class From, class To>
const To* converted(const From* numbers, std::int64_t count, AlignedRoom<To>& room) {
    if constexpr (std::is_same_v<From, To>) {
        return numbers;
    } else {
        convert(numbers, count, room.data());
        return room.data();
    }
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

/// The matrices of one side, from tensors of type P.
template <class P>
struct Projections {
    Matrix<P> in;  ///< [d, 2 D + 2 N + H]
    Matrix<P> out; ///< [D, d']

    Projections(const MixerShape& shape, const at::Tensor& inProj, const std::vector<at::Tensor>& outProj,
                std::size_t side)
        : in{inProj.const_data_ptr<P>() +
                 static_cast<std::int64_t>(side) * shape.projectedDim() * inProj.size(1),
             inProj.size(1), true},
          out{outProj[side].const_data_ptr<P>(), outProj[side].size(1)} {}
};

std::vector<at::Tensor> contiguous(const std::vector<at::Tensor>& tensors, at::ScalarType type) {
    std::vector<at::Tensor> converted;
    for (const at::Tensor& tensor : tensors)
        converted.push_back(tensor.to(type).contiguous());
    return converted;
}

/// The mixer with its projections in the type that products take.
KernelMixer withProductWeights(const KernelMixer& mixer) {
    const auto type = productType(mixer.inProj.scalar_type());
    return {mixer.shape, mixer.inProj.to(type).contiguous(), contiguous(mixer.outProj, type), mixer.sides};
}

// Tokens are kept as T, scans compute in S, and their projections multiply P and add up in S.

template <class T, class S, class P>
void forwardBlocks(const KernelMixer& mixer, const Blocks& blocks, const at::Tensor& x, const at::Tensor& out,
                   std::int64_t begin, std::int64_t end) {
    const auto d = x.size(2);
    const auto dOut = out.size(2);
    const auto width = mixer.shape.projectedDim();
    const auto inner = mixer.shape.innerDim;
    const auto length = blocks.length;
    auto scans = scansOf<ForwardScan<S>, S>(mixer, length);
    AlignedRoom<P> productTokens(std::is_same_v<T, P> ? 0 : blocks.tokensAtOnce() * d);
    AlignedRoom<S> wideSum(std::is_same_v<T, S> ? 0 : blocks.tokensAtOnce() * dOut);
    AlignedRoom<S> projected(blocks.tokensAtOnce() * width);
    AlignedRoom<S> scanned(blocks.tokensAtOnce() * inner);
    AlignedRoom<P> productScanned(std::is_same_v<S, P> ? 0 : blocks.tokensAtOnce() * inner);
    for (std::int64_t block = begin; block < end; ++block) {
        const auto first = blocks.first(block) * length;
        const auto count = blocks.size(block) * length;
        const P* tokens = converted(x.const_data_ptr<T>() + first * d, count * d, productTokens);
        T* result = out.mutable_data_ptr<T>() + first * dOut;
        S* sum = wideRoom(result, wideSum);
        for (std::size_t i = 0; i < scans.size(); ++i) {
            const Projections<P> matrices(mixer.shape, mixer.inProj, mixer.outProj, i);
            tileProduct<P>({tokens, d}, matrices.in, projected.data(), width, count, width, d, false);
            scans[i].run({projected.data(), length * width, width}, {scanned.data(), length * inner, inner},
                         blocks.size(block));
            const P* factor = converted(scanned.data(), count * inner, productScanned);
            tileProduct<P>({factor, inner}, matrices.out, sum, dOut, count, dOut, inner, i > 0);
        }
        narrow(sum, count * dOut, result);
    }
}

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

template <class T, class S, class P>
void backwardBlocks(const KernelMixer& mixer, const Blocks& blocks, const at::Tensor& x,
                    const at::Tensor& gradOut, const at::Tensor& gradX, const std::vector<ThreadSums>& sums,
                    std::int64_t begin, std::int64_t end) {
    const auto d = x.size(2);
    const auto dOut = gradOut.size(2);
    const auto width = mixer.shape.projectedDim();
    const auto inner = mixer.shape.innerDim;
    const auto length = blocks.length;
    auto scans = scansOf<BackwardScan<S>, S>(mixer, length);
    constexpr bool narrowTokens = !std::is_same_v<T, P>;
    constexpr bool narrowProducts = !std::is_same_v<S, P>;
    AlignedRoom<P> productTokens(narrowTokens ? blocks.tokensAtOnce() * d : 0);
    AlignedRoom<P> productGradOut(narrowTokens ? blocks.tokensAtOnce() * dOut : 0);
    AlignedRoom<S> wideGradX(std::is_same_v<T, S> ? 0 : blocks.tokensAtOnce() * d);
    AlignedRoom<S> projected(blocks.tokensAtOnce() * width);
    AlignedRoom<S> gradProjected(blocks.tokensAtOnce() * width);
    AlignedRoom<S> scanned(blocks.tokensAtOnce() * inner);
    AlignedRoom<S> gradScanned(blocks.tokensAtOnce() * inner);
    AlignedRoom<P> productScanned(narrowProducts ? blocks.tokensAtOnce() * inner : 0);
    AlignedRoom<P> productGradProjected(narrowProducts ? blocks.tokensAtOnce() * width : 0);
    for (std::int64_t block = begin; block < end; ++block) {
        const auto first = blocks.first(block) * length;
        const auto count = blocks.size(block) * length;
        const P* tokens = converted(x.const_data_ptr<T>() + first * d, count * d, productTokens);
        const P* above = converted(gradOut.const_data_ptr<T>() + first * dOut, count * dOut, productGradOut);
        T* result = gradX.mutable_data_ptr<T>() + first * d;
        S* gradTokens = wideRoom(result, wideGradX);
        for (std::size_t i = 0; i < scans.size(); ++i) {
            const Projections<P> matrices(mixer.shape, mixer.inProj, mixer.outProj, i);
            tileProduct<P>({tokens, d}, matrices.in, projected.data(), width, count, width, d, false);
            tileProduct<P>({above, dOut}, matrices.out.transposed(), gradScanned.data(), inner, count, inner,
                           dOut, false);
            scans[i].run(
                {projected.data(), length * width, width}, {gradScanned.data(), length * inner, inner},
                {gradProjected.data(), length * width, width}, {scanned.data(), length * inner, inner},
                scanGradients<S>(sums, mixer.sides.size(), i), blocks.size(block));
            const P* out = converted(scanned.data(), count * inner, productScanned);
            const P* gradIn = converted(gradProjected.data(), count * width, productGradProjected);
            tileProduct<P>({out, inner, true}, {above, dOut}, sums[1 + i].ofThisThread<S>(), dOut, inner,
                           dOut, count, true);
            tileProduct<P>({gradIn, width, true}, {tokens, d},
                           sums[0].ofThisThread<S>() + static_cast<std::int64_t>(i) * width * d, d, width, d,
                           count, true);
            tileProduct<P>({gradIn, width}, matrices.in.transposed(), gradTokens, d, count, d, width, i > 0);
        }
        narrow(gradTokens, count * d, result);
    }
}

/// Calls run<T, S, P>() with the types that tokens of x's type are computed in.
template <class Run>
void withTypes(at::ScalarType tokens, Run run) {
    AT_DISPATCH_FLOATING_TYPES_AND(at::kBFloat16, tokens, "mixTokens", [&] {
        using Sum = at::opmath_type<scalar_t>;
        if (productType(tokens) == tokens)
            run.template operator()<scalar_t, Sum, scalar_t>();
        else
            run.template operator()<scalar_t, Sum, Sum>();
    });
}

} // namespace

at::Tensor KernelMixer::result(const at::Tensor& x) const {
    return at::empty({x.size(0), x.size(1), outProj[0].size(1)}, x.options());
}

at::Tensor KernelMixer::forward(const at::Tensor& x) const {
    const KernelMixer mixer = withProductWeights(*this);
    const Blocks blocks(x, shape.projectedDim());
    const at::Tensor out = result(x);
    if (out.is_meta()) {
        Work work = workOf(*this, x, 1, 1, 1);
        work.bytes += bytesOf(out);
        tellKernelWork(work);
        return out;
    }
    withTypes(x.scalar_type(), [&]<class T, class S, class P>() {
        at::parallel_for(0, blocks.count(), 1, [&](std::int64_t begin, std::int64_t end) {
            forwardBlocks<T, S, P>(mixer, blocks, x, out, begin, end);
        });
    });
    return out;
}

std::vector<at::Tensor> KernelMixer::backward(const at::Tensor& x, const at::Tensor& gradOut) const {
    const KernelMixer mixer = withProductWeights(*this);
    const Blocks blocks(x, shape.projectedDim());
    std::vector<ThreadSums> sums = threadSums(*this);
    std::vector<at::Tensor> gradients{at::empty_like(x)};
    if (x.is_meta()) {
        Work work = workOf(*this, x, 3, 2, 3);
        work.bytes += bytesOf(x) + bytesOf(gradOut);
        tellKernelWork(work);
    } else {
        withTypes(x.scalar_type(), [&]<class T, class S, class P>() {
            at::parallel_for(0, blocks.count(), 1, [&](std::int64_t begin, std::int64_t end) {
                backwardBlocks<T, S, P>(mixer, blocks, x, gradOut, gradients[0], sums, begin, end);
            });
        });
    }
    for (ThreadSums& sum : sums)
        gradients.push_back(sum.total());
    return gradients;
}

} // namespace headroom
