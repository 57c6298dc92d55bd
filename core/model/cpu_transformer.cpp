// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/cpu_transformer.h"

#include "core/kernels/cpu/aligned_memory.h"
#include "core/kernels/cpu/column_blocks.h"
#include "core/kernels/cpu/head_attention.h"
#include "core/kernels/cpu/token_rows.h"
#include "core/kernels/kernel_cost.h"
#include "core/support/rounding.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace headroom {
namespace {

/// Tokens that share a pass over the weights: many enough that reading these costs little, few enough that
/// the hidden features of a feed-forward stay in the cache.
constexpr std::int64_t tokensPerPass = 128;

struct AttentionWeights {
    ColumnBlocks qkv;   ///< [3 heads e, d] in blocks of a head
    ColumnBlocks gates; ///< [heads, d]
    at::Tensor gateBias;
    ColumnBlocks out;       ///< [d, heads e]
    at::Tensor aheadCosine; ///< [heads, e]; undefined: rotary positions
    at::Tensor aheadSine;
};

struct FeedForwardWeights {
    ColumnBlocks in; ///< [4 d, d]
    at::Tensor inBias;
    ColumnBlocks out; ///< [d, 4 d]
    at::Tensor outBias;
};

struct TransformerWeights {
    std::vector<std::pair<AttentionWeights, FeedForwardWeights>> blocks;
    at::Tensor gain; ///< of the norm of the result; undefined: no norm

    explicit TransformerWeights(const CpuTransformer& of) {
        const at::Tensor* next = of.weights.data();
        const at::Tensor* end = next + of.weights.size();
        const std::int64_t perBlock = (of.isPolar ? 4 : 3) + 4;
        for (; end - next >= perBlock; next += perBlock)
            blocks.emplace_back(attention(next, of), feedForward(next + perBlock - 4));
        if (next != end)
            gain = next->contiguous();
    }

private:
    static AttentionWeights attention(const at::Tensor* w, const CpuTransformer& of) {
        const std::int64_t all = w[0].size(0) - of.heads;
        const at::Tensor bias = of.isPolar ? w[3] : at::Tensor();
        return {ColumnBlocks(w[0].narrow(0, 0, all), all / (3 * of.heads)),
                ColumnBlocks(w[0].narrow(0, all, of.heads)),
                w[1].contiguous(),
                ColumnBlocks(w[2]),
                bias.defined() ? at::cos(bias).contiguous() : at::Tensor(),
                bias.defined() ? at::sin(bias).contiguous() : at::Tensor()};
    }
    static FeedForwardWeights feedForward(const at::Tensor* w) {
        return {ColumnBlocks(w[0][0]), w[1].contiguous(), ColumnBlocks(w[2][0]), w[3].contiguous()};
    }
};

const float* dataOf(const at::Tensor& tensor) {
    return tensor.defined() ? tensor.const_data_ptr<float>() : nullptr;
}

/// Where the rows of tokens [bands, batch, frames, d] are, counted in tokens.
struct RowPlaces {
    std::int64_t rows;
    std::int64_t length;
    std::int64_t rowStride;
    std::int64_t positionStride;

    RowPlaces(const at::Tensor& tokens, CpuTransformer::Rows along) {
        const std::int64_t bands = tokens.size(0);
        const std::int64_t batch = tokens.size(1);
        const std::int64_t frames = tokens.size(2);
        if (along == CpuTransformer::Rows::AlongTime)
            *this = {bands * batch, frames, frames, 1};
        else
            *this = {batch * frames, bands, 1, batch * frames};
    }

    /// Rows that a thread runs together. Short ones together fill a pass over the weights.
    std::int64_t rowsPerGroup() const {
        return std::clamp<std::int64_t>(tokensPerPass / std::max<std::int64_t>(1, length), 1,
                                        std::max<std::int64_t>(1, divideUp(rows, at::get_num_threads())));
    }

private:
    RowPlaces(std::int64_t r, std::int64_t l, std::int64_t rs, std::int64_t ps)
        : rows(r), length(l), rowStride(rs), positionStride(ps) {}
};

Cost transformerCost(const CpuTransformer& transformer, const at::Tensor& tokens, std::int64_t length) {
    const auto bytesOf = [](const at::Tensor& tensor) { return static_cast<double>(tensor.nbytes()); };
    const std::int64_t positions = tokens.numel() / tokens.size(3);
    const auto count = static_cast<double>(positions);
    Cost cost{.bytes = 2 * bytesOf(tokens)};
    for (const at::Tensor& weight : transformer.weights) {
        cost.bytes += bytesOf(weight);
        cost.flops += 2 * count * static_cast<double>(weight.numel());
    }
    const std::int64_t perBlock = (transformer.isPolar ? 4 : 3) + 4;
    const std::int64_t blockCount = std::ssize(transformer.weights) / perBlock;
    const auto blocks = static_cast<double>(blockCount);
    const auto inner = static_cast<double>(transformer.weights[2].size(1)); // heads e
    const double perPair = 2 * inner * (transformer.isPolar ? 3 : 2);       // scores of 2 e features if polar
    cost.flops += blocks * count * static_cast<double>(length) * perPair;
    return cost;
}

/// Runs groups of rows, one after the other, on one thread.
class RowGroup {
public:
    RowGroup(const CpuTransformer& transformer, const TransformerWeights& weights, const RowPlaces& places,
             std::int64_t d)
        : weights_(weights), places_(places), heads_(transformer.heads), d_(d),
          width_(transformer.weights[2].size(1) / heads_), isPolar_(transformer.isPolar),
          table_(dataOf(transformer.positions)),
          attention_(places.length, width_, static_cast<float>(1 / std::sqrt(static_cast<double>(width_))),
                     isPolar_),
          tokens_(most() * d), normalized_(most() * d), gates_(most() * heads_), q_(most() * width_),
          k_(most() * width_), v_(most() * width_), attended_(most() * heads_ * width_),
          hidden_(std::min(most(), tokensPerPass) * 4 * d), sum_(std::min(most(), tokensPerPass) * d) {}

    void run(const float* from, float* to, std::int64_t first, std::int64_t rows) {
        const std::int64_t count = rows * places_.length;
        copyRows(first, rows, [&](float* own, std::int64_t offset) { std::copy_n(from + offset, d_, own); });
        for (const auto& [attention, feedForward] : weights_.blocks) {
            attend(attention, rows);
            feed(feedForward, count);
        }
        if (weights_.gain.defined())
            normalizeTokens(tokens_.data(), dataOf(weights_.gain), count, d_, tokens_.data());
        copyRows(first, rows,
                 [&](const float* own, std::int64_t offset) { std::copy_n(own, d_, to + offset); });
    }

private:
    std::int64_t most() const { return places_.rowsPerGroup() * places_.length; }

    /// Calls `body` with the tokens of each pass over the weights, about the same number in each.
    template <class Body>
    static void forEachPass(std::int64_t tokens, const Body& body) {
        const std::int64_t size = divideUp(tokens, divideUp(tokens, tokensPerPass));
        for (std::int64_t first = 0; first < tokens; first += size)
            body(first, std::min(size, tokens - first));
    }

    template <class Copy>
    void copyRows(std::int64_t first, std::int64_t rows, const Copy& copy) {
        float* own = tokens_.data();
        for (std::int64_t row = first; row < first + rows; ++row)
            for (std::int64_t i = 0; i < places_.length; ++i, own += d_)
                copy(own, d_ * (row * places_.rowStride + i * places_.positionStride));
    }

    void attend(const AttentionWeights& weights, std::int64_t rows) {
        const std::int64_t count = rows * places_.length;
        const std::int64_t inner = heads_ * width_;
        normalizeTokens(tokens_.data(), nullptr, count, d_, normalized_.data());
        weights.gates.multiply({normalized_.data(), d_}, gates_.data(), heads_, count, false);
        addBiasAndOpen(dataOf(weights.gateBias), count, heads_, gates_.data());
        for (std::int64_t head = 0; head < heads_; ++head) {
            forEachPass(count, [&](std::int64_t first, std::int64_t tokens) {
                const Matrix<float> left{normalized_.data() + first * d_, d_};
                const auto project = [&](std::int64_t part, float* to) {
                    weights.qkv.multiplyBy(part * heads_ + head, left, to + first * width_, width_, tokens,
                                           false);
                };
                project(0, q_.data());
                project(1, k_.data());
                project(2, v_.data());
            });
            const auto ofHead = [&](const at::Tensor& all) {
                return all.defined() ? dataOf(all) + head * width_ : nullptr;
            };
            const HeadPositions positions{table_, isPolar_, ofHead(weights.aheadCosine),
                                          ofHead(weights.aheadSine)};
            for (std::int64_t first = 0; first < count; first += places_.length)
                attention_.run(positions, q_.data() + first * width_, k_.data() + first * width_,
                               v_.data() + first * width_, gates_.data() + first * heads_ + head, heads_,
                               attended_.data() + first * inner + head * width_, inner);
        }
        forEachPass(count, [&](std::int64_t first, std::int64_t tokens) {
            weights.out.multiply({attended_.data() + first * inner, inner}, sum_.data(), d_, tokens, false);
            addToTokens(sum_.data(), nullptr, tokens, d_, tokens_.data() + first * d_);
        });
    }

    void feed(const FeedForwardWeights& weights, std::int64_t count) {
        const std::int64_t width = weights.in.columns();
        forEachPass(count, [&](std::int64_t first, std::int64_t tokens) {
            float* own = tokens_.data() + first * d_;
            normalizeTokens(own, nullptr, tokens, d_, normalized_.data());
            weights.in.multiply({normalized_.data(), d_}, hidden_.data(), width, tokens, false);
            addBiasAndGelu(dataOf(weights.inBias), tokens, width, hidden_.data());
            weights.out.multiply({hidden_.data(), width}, sum_.data(), d_, tokens, false);
            addToTokens(sum_.data(), dataOf(weights.outBias), tokens, d_, own);
        });
    }

    const TransformerWeights& weights_;
    const RowPlaces& places_;
    std::int64_t heads_;
    std::int64_t d_;
    std::int64_t width_; ///< e
    bool isPolar_;
    const float* table_;
    HeadAttention attention_;
    AlignedBuffer<float> tokens_;     ///< [tokens, d]
    AlignedBuffer<float> normalized_; ///< [tokens, d]
    AlignedBuffer<float> gates_;      ///< [tokens, heads]
    AlignedBuffer<float> q_;          ///< [tokens, e], of one head
    AlignedBuffer<float> k_;
    AlignedBuffer<float> v_;
    AlignedBuffer<float> attended_; ///< [tokens, heads e]
    AlignedBuffer<float> hidden_;   ///< [tokens of a pass, 4 d]
    AlignedBuffer<float> sum_;      ///< [tokens of a pass, d]
};

} // namespace

at::Tensor CpuTransformer::forward(const at::Tensor& tokens) const {
    const TransformerWeights packed(*this);
    const RowPlaces places(tokens, rows);
    const std::int64_t d = tokens.size(3);
    const std::int64_t perGroup = places.rowsPerGroup();
    const at::Tensor result = at::empty_like(tokens);
    if (result.is_meta()) {
        reportKernelCost(transformerCost(*this, tokens, places.length));
        return result;
    }
    const float* from = tokens.const_data_ptr<float>();
    float* to = result.mutable_data_ptr<float>();
    at::parallel_for(0, divideUp(places.rows, perGroup), 1, [&](std::int64_t begin, std::int64_t end) {
        RowGroup group(*this, packed, places, d);
        for (std::int64_t i = begin; i < end; ++i)
            group.run(from, to, i * perGroup, std::min(perGroup, places.rows - i * perGroup));
    });
    return result;
}

} // namespace headroom
