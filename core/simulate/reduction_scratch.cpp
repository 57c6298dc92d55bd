// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/simulate/reduction_scratch.h"

#include "core/support/rounding.h"

#include <algorithm>
#include <limits>

namespace headroom {
namespace {

constexpr std::int64_t mostThreads = 512;
constexpr std::int64_t warp = 32;
constexpr std::int64_t vectorLength = 4;

std::int64_t lastPowerOfTwo(std::int64_t n) {
    std::int64_t power = 1;
    while (power * 2 <= n)
        power *= 2;
    return power;
}

/// Sorts reduced dimensions before others, each by stride, and merges adjacent ones that are contiguous.
std::vector<Reduction::Dimension> coalesced(std::vector<Reduction::Dimension> dimensions) {
    std::erase_if(dimensions, [](const auto& dimension) { return dimension.size == 1; });
    std::stable_sort(dimensions.begin(), dimensions.end(), [](const auto& a, const auto& b) {
        return a.reduced != b.reduced ? a.reduced : a.stride < b.stride;
    });
    std::vector<Reduction::Dimension> merged;
    for (const auto& dimension : dimensions) {
        if (!merged.empty()) {
            auto& last = merged.back();
            if (last.reduced == dimension.reduced && last.size * last.stride == dimension.stride &&
                last.size * last.resultStride == dimension.resultStride) {
                last.size *= dimension.size;
                continue;
            }
        }
        merged.push_back(dimension);
    }
    return merged;
}

/// The launch configuration: how a reduction is distributed over threads and blocks.
class Layout {
public:
    Layout(const std::vector<Reduction::Dimension>& dimensions, const Reduction& reduction, const Card& card)
        : sumBytes_(reduction.sumBytes) {
        std::size_t reducedDimensions = 0;
        for (const auto& dimension : dimensions) {
            (dimension.reduced ? inputs_ : outputs_) *= dimension.size;
            reducedDimensions += dimension.reduced ? 1 : 0;
        }
        const bool alongFastest =
            reducedDimensions == dimensions.size() ||
            (reducedDimensions > 0 && dimensions.front().stride < dimensions[reducedDimensions].stride);
        std::int64_t dim0 = alongFastest ? inputs_ : outputs_;
        const std::int64_t dim1 = alongFastest ? outputs_ : inputs_;
        const std::int64_t fastest =
            dimensions.empty() ? 1 : dimensions[alongFastest ? 0 : reducedDimensions].stride;
        if (fastest == 1 && alongFastest && dim0 > 128 && dimensions.size() == 1) {
            dim0 /= vectorLength;
        } else if (fastest == 1 && !alongFastest) {
            outputVector_ = outputVector(dimensions, reducedDimensions, reduction.offset);
            dim0 /= outputVector_;
        }
        setBlock(dim0, dim1);
        xReduces_ = alongFastest;
        (alongFastest ? inputStep_ : outputStep_) *= blockX_;
        const bool acrossWarps = valuesPerThread() >= std::min<std::int64_t>(blockY_ * 16, 256);
        (acrossWarps ? inputStep_ : outputStep_) *= blockY_;
        shareAmongBlocks(acrossWarps, card);
    }

    std::vector<std::int64_t> scratch() const {
        if (blocksPerOutput_ <= 1)
            return {};
        std::int64_t bytes = sumBytes_ * outputs_ * blocksPerOutput_;
        if (!xReduces_)
            bytes *= blockX_ * outputVector_;
        return {bytes, 4 * grid()};
    }

private:
    static std::int64_t outputVector(const std::vector<Reduction::Dimension>& dimensions, std::size_t fastest,
                                     std::int64_t offset) {
        std::int64_t length = vectorLength;
        const auto fit = [&length](std::int64_t n) {
            while (n % length != 0)
                length /= 2;
        };
        fit(offset);
        fit(dimensions[fastest].size);
        for (std::size_t i = 0; i < dimensions.size(); ++i) {
            if (i != fastest)
                fit(dimensions[i].stride);
        }
        return length;
    }

    void setBlock(std::int64_t dim0, std::int64_t dim1) {
        const std::int64_t threads = mostThreads / outputVector_;
        const std::int64_t x = lastPowerOfTwo(std::min(dim0, threads));
        const std::int64_t y = lastPowerOfTwo(std::min(dim1, threads));
        blockX_ = std::min(x, warp);
        blockY_ = std::min(y, threads / blockX_);
        blockX_ = std::min(x, threads / blockY_);
    }

    void shareAmongBlocks(bool acrossWarps, const Card& card) {
        const std::int64_t target =
            card.multiprocessors * (card.threadsPerMultiprocessor / (blockX_ * blockY_));
        const std::int64_t values = valuesPerThread();
        if (!acrossWarps || values < 256 || grid() > target)
            return;
        blocksPerOutput_ =
            std::max(std::min(divideUp(target, grid()), divideUp(values, 16)), divideUp(values, 256));
    }

    std::int64_t valuesPerThread() const { return divideUp(inputs_, inputStep_); }
    std::int64_t grid() const { return divideUp(outputs_ / outputVector_, outputStep_); }

    std::int64_t sumBytes_;
    std::int64_t inputs_ = 1; ///< of each output
    std::int64_t outputs_ = 1;
    std::int64_t outputVector_ = 1;
    std::int64_t blockX_ = 1;
    std::int64_t blockY_ = 1;
    std::int64_t inputStep_ = 1;
    std::int64_t outputStep_ = 1;
    std::int64_t blocksPerOutput_ = 1;
    bool xReduces_ = false;
};

/// The dimension with the largest extent if input or result exceed 32-bit indices; end() otherwise.
std::vector<Reduction::Dimension>::iterator tooLarge(std::vector<Reduction::Dimension>& dimensions,
                                                     const Reduction& reduction) {
    constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
    std::int64_t elements = 1;
    std::int64_t input = 1;
    std::int64_t result = 1;
    const auto reach = [&](const Reduction::Dimension& dimension) {
        return (dimension.size - 1) * std::max(dimension.stride * reduction.elementBytes,
                                               dimension.resultStride * reduction.elementBytes);
    };
    for (const auto& dimension : dimensions) {
        elements *= dimension.size;
        input += (dimension.size - 1) * dimension.stride * reduction.elementBytes;
        result += (dimension.size - 1) * dimension.resultStride * reduction.elementBytes;
    }
    if (elements <= most && input <= most && result <= most)
        return dimensions.end();
    return std::max_element(dimensions.begin(), dimensions.end(),
                            [&](const auto& a, const auto& b) { return reach(a) < reach(b); });
}

void addScratch(std::vector<Reduction::Dimension> dimensions, const Reduction& reduction, const Card& card,
                std::vector<std::vector<std::int64_t>>& kernels) {
    const auto split = tooLarge(dimensions, reduction);
    if (split != dimensions.end() && split->size > 1) {
        const std::int64_t whole = split->size;
        split->size = whole / 2;
        addScratch(dimensions, reduction, card, kernels);
        split->size = whole - whole / 2;
        addScratch(std::move(dimensions), reduction, card, kernels);
        return;
    }
    if (auto scratch = Layout(dimensions, reduction, card).scratch(); !scratch.empty())
        kernels.push_back(std::move(scratch));
}

} // namespace

std::vector<std::vector<std::int64_t>> reductionScratch(const Reduction& reduction, const Card& card) {
    std::vector<std::vector<std::int64_t>> kernels;
    for (const auto& dimension : reduction.dimensions) {
        if (dimension.size == 0)
            return kernels;
    }
    addScratch(coalesced(reduction.dimensions), reduction, card, kernels);
    return kernels;
}

} // namespace headroom
