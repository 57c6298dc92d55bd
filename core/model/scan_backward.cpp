#include "core/model/scan_tile.h"

namespace headroom {
namespace {

constexpr double normEps = 1e-5;

/// Turns the gradient of out = rmsnorm(y silu(z)) of one token into those of y (in place of y) and z, and
/// computes `out` again. Scratch: gated, sigmoids [D].
template <class S>
HEADROOM_INLINE void ungate(std::int64_t inner, const S* z, const S* gradOut, S* y, S* gradZ, S* out,
                            S* gated, S* sigmoids) {
    S squares = 0;
    S along = 0;
#pragma omp simd reduction(+ : squares, along)
    for (std::int64_t i = 0; i < inner; ++i) {
        const S gate = z[i];
        const S s = sigmoidOf(gate);
        const S g = y[i] * gate * s;
        sigmoids[i] = s;
        gated[i] = g;
        squares += g * g;
        along += g * gradOut[i];
    }
    const S count = static_cast<S>(inner);
    const S scale = S(1) / std::sqrt(squares / count + static_cast<S>(normEps));
    const S back = scale * scale * along / count;
    for (std::int64_t i = 0; i < inner; ++i) {
        const S gate = z[i];
        const S s = sigmoids[i];
        const S gradGated = scale * (gradOut[i] - gated[i] * back);
        gradZ[i] = gradGated * y[i] * s * (S(1) + gate * (S(1) - s));
        y[i] = gradGated * gate * s;
        out[i] = gated[i] * scale;
    }
}

/// Gradients of one chunk and what is carried from the chunk behind it.
template <class S>
struct BackwardScratch {
    explicit BackwardScratch(const ScanSizes& sizes)
        : y(wide(sizes)), gradScores(ScanScratch<S>::square(sizes)), gradMatrix(gradScores.size()),
          gradState(sizes.chunks() > 1 ? sizes.state * sizes.inner : 0), product(wide(sizes)),
          weighted(wide(sizes)), toEnd(sizes.chunkLength * sizes.heads()), token(2 * sizes.inner),
          columns(sizes.chunkLength), gradSums(sizes.chunkLength * sizes.heads()), gradDt(gradSums.size()),
          gradConv(static_cast<std::size_t>((sizes.chunkLength + sizes.taps - 1) * sizes.convDim())) {}

    static std::size_t wide(const ScanSizes& sizes) {
        return static_cast<std::size_t>(sizes.chunkLength * sizes.inner);
    }

    AlignedVector<S> y;          ///< [n, D]; then its gradient
    AlignedVector<S> gradScores; ///< [n, n]
    AlignedVector<S> gradMatrix; ///< [n, n]
    AlignedVector<S> gradState;  ///< [N, D], of the state behind the chunk
    AlignedVector<S> product;    ///< [n, D]
    AlignedVector<S> weighted;   ///< [n, D]
    AlignedVector<S> toEnd;      ///< [n, H]
    AlignedVector<S> token;      ///< [2, D]
    AlignedVector<S> columns;    ///< [n]
    AlignedVector<S> gradSums;   ///< [H, n], of the sums of dt A from the chunk's start
    AlignedVector<S> gradDt;     ///< [H, n], but for what comes by gradSums
    AlignedVector<S> gradConv; ///< [n + taps - 1, D + 2 N]: x, B, C; the last taps - 1 from the chunk behind
};

/// One head's part within the chunk: from m = scores l dt and its gradient, those of scores (added), dt and
/// the sums of dt A. Leaves m in `matrix`.
template <class S>
HEADROOM_INLINE void transferMatrixBackward(std::int64_t n, const S* scores, const S* decay, const S* dt,
                                            const S* gradMatrix, S* l, S* columns, S* matrix, S* gradScores,
                                            S* gradSums, S* gradDt) {
    for (std::int64_t i = 0; i < n; ++i)
        columns[i] = 0;
    for (std::int64_t i = 0; i < n; ++i) {
        nextDecays(i, decay[i], l);
        const S* score = scores + i * n;
        const S* gradM = gradMatrix + i * n;
        S* m = matrix + i * n;
        S* gradScore = gradScores + i * n;
        S sum = 0;
#pragma omp simd reduction(+ : sum)
        for (std::int64_t j = 0; j < i; ++j) {
            const S decayed = score[j] * l[j];
            const S along = gradM[j] * decayed;
            m[j] = decayed * dt[j];
            gradScore[j] += gradM[j] * l[j] * dt[j];
            columns[j] += along;
            sum += along * dt[j];
        }
        gradSums[i] = sum;
        // On the diagonal nothing decays: it has no part in the sums, rather than one that cancels.
        m[i] = score[i] * dt[i];
        gradScore[i] += gradM[i] * dt[i];
        gradDt[i] = gradM[i] * score[i];
        const std::int64_t blockEnd = std::min(n, (i / triangleBlock + 1) * triangleBlock);
        for (std::int64_t j = i + 1; j < blockEnd; ++j)
            m[j] = 0;
    }
    for (std::int64_t j = 0; j < n; ++j) {
        gradSums[j] -= columns[j] * dt[j];
        gradDt[j] += columns[j];
    }
}

template <class S>
HEADROOM_INLINE S dot(const S* a, const S* b, std::int64_t n) {
    S sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t i = 0; i < n; ++i)
        sum += a[i] * b[i];
    return sum;
}

/// Within the chunk. scratch.y holds the gradient of y; sets the gradients of x, B, C, sums and dt.
template <class S>
HEADROOM_INLINE void withinChunkBackward(const ScanSizes& sizes, const Chunk<S>& chunk, const S* d,
                                         ScanScratch<S>& forward, BackwardScratch<S>& scratch, S* gradD) {
    const std::int64_t n = chunk.n;
    const std::int64_t channels = sizes.convDim();
    const S* gradY = scratch.y.data();
    S* gradX = scratch.gradConv.data();
    std::fill(scratch.gradScores.begin(), scratch.gradScores.end(), S(0));
    for (std::int64_t t = 0; t < n; ++t) {
        for (std::int64_t h = 0; h < sizes.heads(); ++h) {
            const std::int64_t first = h * sizes.headdim;
            for (std::int64_t p = first; p < first + sizes.headdim; ++p)
                gradX[t * channels + p] = d[h] * gradY[t * sizes.inner + p];
            gradD[h] += dot(gradY + t * sizes.inner + first, chunk.xbc + t * channels + first, sizes.headdim);
        }
    }
    for (std::int64_t h = 0; h < sizes.heads(); ++h) {
        const std::int64_t first = h * sizes.headdim;
        lowerOuterProduct<S>(n, gradY + first, sizes.inner, chunk.xbc + first, channels, sizes.headdim,
                             scratch.gradMatrix.data());
        transferMatrixBackward(n, forward.scores.data(), chunk.decay + h * chunk.stride,
                               chunk.dt + h * chunk.stride, scratch.gradMatrix.data(), forward.l.data(),
                               scratch.columns.data(), forward.matrix.data(), scratch.gradScores.data(),
                               scratch.gradSums.data() + h * n, scratch.gradDt.data() + h * n);
        lowerTransposedProduct<S>(n, forward.matrix.data(), gradY + first, sizes.inner, gradX + first,
                                  channels, sizes.headdim, true);
    }
    const S* b = chunk.xbc + sizes.inner;
    const S* c = b + sizes.state;
    S* gradB = gradX + sizes.inner;
    S* gradC = gradB + sizes.state;
    lowerProduct<S>(n, scratch.gradScores.data(), b, channels, gradC, channels, sizes.state, false);
    lowerTransposedProduct<S>(n, scratch.gradScores.data(), c, channels, gradB, channels, sizes.state, false);
}

/// What the chunk reads of the state before it: adds to the gradients of C and the sums.
/// Leaves in scratch.weighted the gradient of y decayed from the start.
template <class S>
HEADROOM_INLINE void stateReadBackward(const ScanSizes& sizes, const Chunk<S>& chunk, const S* state,
                                       ScanScratch<S>& forward, BackwardScratch<S>& scratch) {
    const std::int64_t n = chunk.n;
    const std::int64_t channels = sizes.convDim();
    const S* c = chunk.xbc + sizes.inner + sizes.state;
    decayFromStart(sizes, chunk, forward.left.data());
    scaleHeads(sizes, n, scratch.y.data(), sizes.inner, forward.left.data(), scratch.weighted.data());
    tileProduct<S>({c, channels}, {state, sizes.inner}, scratch.product.data(), sizes.inner, n, sizes.inner,
                   sizes.state, false);
    for (std::int64_t h = 0; h < sizes.heads(); ++h) {
        for (std::int64_t t = 0; t < n; ++t) {
            const std::int64_t first = t * sizes.inner + h * sizes.headdim;
            scratch.gradSums[h * n + t] +=
                dot(scratch.weighted.data() + first, scratch.product.data() + first, sizes.headdim);
        }
    }
    tileProduct<S>({scratch.weighted.data(), sizes.inner}, {state, sizes.inner, true},
                   scratch.gradConv.data() + sizes.inner + sizes.state, channels, n, sizes.state, sizes.inner,
                   true);
}

/// What the chunk writes into the state behind it, whose gradient is scratch.gradState: adds to the gradients
/// of x, B, dt and the sums.
template <class S>
HEADROOM_INLINE void stateWriteBackward(const ScanSizes& sizes, const Chunk<S>& chunk,
                                        ScanScratch<S>& forward, BackwardScratch<S>& scratch) {
    const std::int64_t n = chunk.n;
    const std::int64_t channels = sizes.convDim();
    const std::int64_t heads = sizes.heads();
    const S* b = chunk.xbc + sizes.inner;
    S* gradX = scratch.gradConv.data();
    tileProduct<S>({b, channels}, {scratch.gradState.data(), sizes.inner}, scratch.product.data(),
                   sizes.inner, n, sizes.inner, sizes.state, false);
    decayToEnd(sizes, chunk, scratch.toEnd.data());
    for (std::int64_t t = 0; t < n; ++t) {
        for (std::int64_t h = 0; h < heads; ++h) {
            const std::int64_t first = h * sizes.headdim;
            const S* x = chunk.xbc + t * channels + first;
            const S* product = scratch.product.data() + t * sizes.inner + first;
            const S dt = chunk.dt[h * chunk.stride + t];
            S& left = scratch.toEnd[t * heads + h];
            const S along = left * dot(x, product, sizes.headdim);
            scratch.gradDt[h * n + t] += along;
            scratch.gradSums[h * n + t] -= along * dt;
            scratch.gradSums[h * n + n - 1] += along * dt;
            left *= dt;
            for (std::int64_t p = 0; p < sizes.headdim; ++p)
                gradX[t * channels + first + p] += left * product[p];
        }
    }
    scaleHeads(sizes, n, chunk.xbc, channels, scratch.toEnd.data(), forward.wide.data());
    tileProduct<S>({forward.wide.data(), sizes.inner}, {scratch.gradState.data(), sizes.inner, true},
                   gradX + sizes.inner, channels, n, sizes.state, sizes.inner, true);
}

/// The gradient of the state before the chunk from that behind it, and what the decay over the whole chunk
/// adds to the sums. `state` is the state before the chunk; scratch.weighted as stateReadBackward left it.
template <class S>
HEADROOM_INLINE void stateBackward(const ScanSizes& sizes, const Chunk<S>& chunk, const S* state, bool last,
                                   ScanScratch<S>& forward, BackwardScratch<S>& scratch) {
    const std::int64_t n = chunk.n;
    S* gradState = scratch.gradState.data();
    if (!last) {
        decayFromStart(sizes, chunk, forward.left.data());
        const S* whole = forward.left.data() + (n - 1) * sizes.heads();
        for (std::int64_t s = 0; s < sizes.state; ++s) {
            for (std::int64_t h = 0; h < sizes.heads(); ++h) {
                const std::int64_t first = s * sizes.inner + h * sizes.headdim;
                scratch.gradSums[h * n + n - 1] +=
                    whole[h] * dot(state + first, gradState + first, sizes.headdim);
                for (std::int64_t p = first; p < first + sizes.headdim; ++p)
                    gradState[p] *= whole[h];
            }
        }
    }
    const S* c = chunk.xbc + sizes.inner + sizes.state;
    tileProduct<S>({c, sizes.convDim(), true}, {scratch.weighted.data(), sizes.inner}, gradState, sizes.inner,
                   sizes.state, sizes.inner, n, !last);
}

/// From the gradients of dt and of the sums to that of the raw time step, written to the projection.
template <class S>
HEADROOM_INLINE void timeStepsBackward(const ScanSizes& sizes, const Chunk<S>& chunk, const S* rate,
                                       const S* slope, const BackwardScratch<S>& scratch,
                                       Row<S> gradProjected, std::int64_t begin,
                                       const ScanGradients<S>& gradients) {
    const std::int64_t offset = sizes.inner + sizes.convDim();
    for (std::int64_t h = 0; h < sizes.heads(); ++h) {
        S gradExponent = 0;
        S gradRate = 0;
        S gradBias = 0;
        for (std::int64_t t = chunk.n - 1; t >= 0; --t) {
            gradExponent += scratch.gradSums[h * chunk.n + t];
            gradRate += gradExponent * chunk.dt[h * chunk.stride + t];
            const S gradRaw =
                (scratch.gradDt[h * chunk.n + t] + gradExponent * rate[h]) * slope[h * chunk.stride + t];
            gradBias += gradRaw;
            gradProjected.at(begin + t)[offset + h] = gradRaw;
        }
        gradients.aLog[h] += gradRate * rate[h];
        gradients.dtBias[h] += gradBias;
    }
}

/// Gradients of the convolution's parameters over one row, and what a chunk leaves for the one before it.
template <class S>
struct ConvolutionScratch {
    explicit ConvolutionScratch(const ScanSizes& sizes)
        : gradWeight(static_cast<std::size_t>(sizes.taps * sizes.convDim())),
          gradBias(static_cast<std::size_t>(sizes.convDim())),
          behind(static_cast<std::size_t>((sizes.taps - 1) * sizes.convDim())),
          sum(static_cast<std::size_t>(sizes.convDim())) {}

    void clear() {
        for (AlignedVector<S>* values : {&gradWeight, &gradBias, &behind})
            std::fill(values->begin(), values->end(), S(0));
    }

    void addTo(const ScanSizes& sizes, const ScanGradients<S>& gradients) const {
        for (std::int64_t c = 0; c < sizes.convDim(); ++c) {
            gradients.convBias[c] += gradBias[c];
            for (std::int64_t tap = 0; tap < sizes.taps; ++tap)
                gradients.conv[c * sizes.taps + tap] += gradWeight[tap * sizes.convDim() + c];
        }
    }

    AlignedVector<S> gradWeight; ///< [taps, D + 2 N]
    AlignedVector<S> gradBias;   ///< [D + 2 N]
    AlignedVector<S> behind; ///< [taps - 1, D + 2 N]: gradients of the sums at the positions behind the chunk
    AlignedVector<S> sum;    ///< [D + 2 N]
};

/// From the gradients of x, B and C (gradConv, room for taps - 1 positions more) to those of the
/// convolution's input and parameters; `slope` is silu's derivative in the chunk.
template <class S>
HEADROOM_INLINE void convolveBackward(const ScanSizes& sizes, const S* weight, const S* slope,
                                      Row<const S> projected, Row<S> gradProjected, std::int64_t begin,
                                      std::int64_t n, ConvolutionScratch<S>& scratch, S* gradConv) {
    const std::int64_t channels = sizes.convDim();
    for (std::int64_t i = 0; i < n * channels; ++i)
        gradConv[i] *= slope[i];
    std::copy(scratch.behind.begin(), scratch.behind.end(), gradConv + n * channels);
    std::copy(gradConv, gradConv + scratch.behind.size(), scratch.behind.begin());
    S* sum = scratch.sum.data();
    S* gradBias = scratch.gradBias.data();
    for (std::int64_t t = 0; t < n; ++t) {
        const S* gradient = gradConv + t * channels;
        const S* source = projected.at(begin + t) + sizes.inner;
        for (std::int64_t c = 0; c < channels; ++c) {
            gradBias[c] += gradient[c];
            sum[c] = 0;
        }
        // Position t is read through tap k by the sum at t + taps - 1 - k.
        for (std::int64_t tap = 0; tap < sizes.taps; ++tap) {
            const S* reader = gradient + (sizes.taps - 1 - tap) * channels;
            const S* w = weight + tap * channels;
            S* gradWeight = scratch.gradWeight.data() + tap * channels;
            for (std::int64_t c = 0; c < channels; ++c) {
                sum[c] += w[c] * reader[c];
                gradWeight[c] += source[c] * reader[c];
            }
        }
        S* target = gradProjected.at(begin + t) + sizes.inner;
        for (std::int64_t c = 0; c < channels; ++c)
            target[c] = sum[c];
    }
}

/// x, B, C and silu's derivatives of a whole row, its time steps, and the states before its chunks.
template <class S>
struct RecomputedRow {
    explicit RecomputedRow(const ScanSizes& sizes)
        : xbc(static_cast<std::size_t>(sizes.length * sizes.convDim())), slope(xbc.size()), steps(sizes),
          states(static_cast<std::size_t>((sizes.chunks() - 1) * sizes.state * sizes.inner)) {}

    Chunk<S> chunk(const ScanSizes& sizes, std::int64_t first) const {
        return {std::min(sizes.chunkLength, sizes.length - first), xbc.data() + first * sizes.convDim(),
                steps.dt.data() + first, steps.decay.data() + first, sizes.length};
    }

    AlignedVector<S> xbc;
    AlignedVector<S> slope;
    TimeSteps<S> steps;
    AlignedVector<S> states; ///< [chunks - 1, N, D]
};

template <class S>
HEADROOM_INLINE void recomputeRow(const ScanSizes& sizes, const ScanWeights<S>& weights,
                                  const PreparedWeights<S>& prepared, Row<const S> in,
                                  ScanScratch<S>& scratch, RecomputedRow<S>& row) {
    timeSteps(sizes, weights.dtBias, prepared.rate.data(), in, row.steps);
    convolve<S>(sizes, prepared.conv.data(), weights.convBias, in, 0, sizes.length, row.xbc.data(),
                row.slope.data());
    const std::int64_t size = sizes.state * sizes.inner;
    S* state = row.states.data();
    for (std::int64_t index = 0; index + 1 < sizes.chunks(); ++index, state += size) {
        if (index == 0)
            std::fill(state, state + size, S(0));
        else
            std::copy(state - size, state, state);
        advanceState(sizes, row.chunk(sizes, index * sizes.chunkLength), scratch.left.data(),
                     scratch.wide.data(), state);
    }
}

} // namespace

template <class S>
struct BackwardScan<S>::Scratch {
    Scratch(const ScanSizes& s, const ScanWeights<S>& w)
        : sizes(s), weights(w), prepared(s, w), forward(s), chunk(s), convolution(s), row(s) {}

    ScanSizes sizes;
    ScanWeights<S> weights;
    PreparedWeights<S> prepared;
    ScanScratch<S> forward;
    BackwardScratch<S> chunk;
    ConvolutionScratch<S> convolution;
    RecomputedRow<S> row;
};

namespace {

/// Where one row is read and written.
template <class S>
struct BackwardRow {
    Row<const S> projected;
    Row<const S> gradOut;
    Row<S> gradProjected;
    Row<S> out;
};

template <class S>
HEADROOM_INLINE void backwardRow(typename BackwardScan<S>::Scratch& all, const BackwardRow<S>& where,
                                 const ScanGradients<S>& gradients) {
    const ScanSizes& sizes = all.sizes;
    const ScanWeights<S>& weights = all.weights;
    BackwardScratch<S>& scratch = all.chunk;
    recomputeRow(sizes, weights, all.prepared, where.projected, all.forward, all.row);
    all.convolution.clear();
    for (std::int64_t index = sizes.chunks() - 1; index >= 0; --index) {
        const std::int64_t first = index * sizes.chunkLength;
        const bool last = index + 1 == sizes.chunks();
        const Chunk<S> chunk = all.row.chunk(sizes, first);
        const S* state =
            index == 0 ? nullptr : all.row.states.data() + (index - 1) * sizes.state * sizes.inner;
        chunkOutput(sizes, chunk, weights.d, state, all.forward, scratch.y.data());
        for (std::int64_t t = 0; t < chunk.n; ++t) {
            ungate(sizes.inner, where.projected.at(first + t), where.gradOut.at(first + t),
                   scratch.y.data() + t * sizes.inner, where.gradProjected.at(first + t),
                   where.out.at(first + t), scratch.token.data(), scratch.token.data() + sizes.inner);
        }
        withinChunkBackward(sizes, chunk, weights.d, all.forward, scratch, gradients.d);
        if (state != nullptr)
            stateReadBackward(sizes, chunk, state, all.forward, scratch);
        if (!last)
            stateWriteBackward(sizes, chunk, all.forward, scratch);
        if (state != nullptr)
            stateBackward(sizes, chunk, state, last, all.forward, scratch);
        timeStepsBackward(sizes, chunk, all.prepared.rate.data(), all.row.steps.slope.data() + first, scratch,
                          where.gradProjected, first, gradients);
        convolveBackward(sizes, all.prepared.conv.data(), all.row.slope.data() + first * sizes.convDim(),
                         where.projected, where.gradProjected, first, chunk.n, all.convolution,
                         scratch.gradConv.data());
    }
    all.convolution.addTo(sizes, gradients);
}

HEADROOM_VECTOR_CLONES void runRow(BackwardScan<float>::Scratch& scratch, const BackwardRow<float>& where,
                                   const ScanGradients<float>& gradients) {
    backwardRow<float>(scratch, where, gradients);
}

void runRow(BackwardScan<double>::Scratch& scratch, const BackwardRow<double>& where,
            const ScanGradients<double>& gradients) {
    backwardRow<double>(scratch, where, gradients);
}

} // namespace

template <class S>
BackwardScan<S>::BackwardScan(const ScanSizes& sizes, const ScanWeights<S>& weights)
    : scratch_(std::make_unique<Scratch>(sizes, weights)) {}

template <class S>
BackwardScan<S>::~BackwardScan() = default;

template <class S>
BackwardScan<S>::BackwardScan(BackwardScan&&) noexcept = default;

template <class S>
void BackwardScan<S>::run(Tokens<const S> projected, Tokens<const S> gradOut, Tokens<S> gradProjected,
                          Tokens<S> out, const ScanGradients<S>& gradients, std::int64_t rows) {
    const ScanSizes& sizes = scratch_->sizes;
    for (std::int64_t row = 0; row < rows; ++row) {
        runRow(*scratch_,
               {rowOf(sizes, projected, row), rowOf(sizes, gradOut, row), rowOf(sizes, gradProjected, row),
                rowOf(sizes, out, row)},
               gradients);
    }
}

template class BackwardScan<float>;
template class BackwardScan<double>;

} // namespace headroom
