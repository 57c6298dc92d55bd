// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/stem_sums.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <utility>

namespace headroom {
namespace {

/// Uses four accumulators, since one would be limited by the latency of the additions.
double innerProduct(std::span<const float> one, std::span<const float> other) {
    double sums[4] = {};
    std::size_t i = 0;
    for (; i + 4 <= one.size(); i += 4) {
        for (std::size_t k = 0; k < 4; ++k)
            sums[k] += static_cast<double>(one[i + k]) * other[i + k];
    }
    for (; i < one.size(); ++i)
        sums[0] += static_cast<double>(one[i]) * other[i];
    return sums[0] + sums[1] + sums[2] + sums[3];
}

double ratioOf(double decibels) {
    return std::pow(10.0, decibels / 10);
}

/// Energy of a signal minus a set of other signals, updated as signals enter and leave the set.
class Remainder {
public:
    Remainder(const InnerProducts& products, std::size_t whole, std::vector<std::size_t> others)
        : products_(products), whole_(whole), others_(std::move(others)), isPart_(others_.size()),
          energy_(products.energy(whole)) {}

    void toggle(std::size_t place) {
        const std::size_t other = others_[place];
        const double sign = isPart_[place] ? -1 : 1;
        isPart_[place] = !isPart_[place];
        parts_ += static_cast<int>(sign);
        energy_ += sign * (products_.energy(other) - 2 * products_.of(whole_, other));
        for (std::size_t i = 0; i < others_.size(); ++i) {
            if (isPart_[i] && i != place)
                energy_ += sign * 2 * products_.of(others_[i], other);
        }
    }
    double energy() const { return energy_; }
    int parts() const { return parts_; }
    std::vector<std::size_t> chosen() const {
        std::vector<std::size_t> chosen;
        for (std::size_t i = 0; i < others_.size(); ++i) {
            if (isPart_[i])
                chosen.push_back(others_[i]);
        }
        return chosen;
    }

private:
    const InnerProducts& products_;
    std::size_t whole_;
    std::vector<std::size_t> others_;
    std::vector<bool> isPart_;
    int parts_ = 0;
    double energy_;
};

/// Calls `visit` for every set of up to 14 other signals, or of more for those that lack at most two.
void forEachSum(Remainder remainder, std::size_t others, const std::function<void(const Remainder&)>& visit) {
    constexpr std::size_t mostForAllSets = 14;
    if (others <= mostForAllSets) {
        // Gray code: consecutive sets differ by one signal.
        for (std::uint32_t set = 1; set < std::uint32_t{1} << others; ++set) {
            remainder.toggle(static_cast<std::size_t>(std::countr_zero(set)));
            visit(remainder);
        }
        return;
    }
    for (std::size_t i = 0; i < others; ++i)
        remainder.toggle(i);
    visit(remainder);
    for (std::size_t i = 0; i < others; ++i) {
        remainder.toggle(i);
        visit(remainder);
        for (std::size_t k = i + 1; k < others; ++k) {
            remainder.toggle(k);
            visit(remainder);
            remainder.toggle(k);
        }
        remainder.toggle(i);
    }
}

/// The set of `others` that adds up to `whole`. At least two parts must be audible, since a single one would
/// be a duplicate instead of a sum.
std::optional<std::vector<std::size_t>> partsOf(const InnerProducts& products, std::size_t whole,
                                                const std::vector<std::size_t>& others, double sameRatio) {
    const double same = sameRatio * products.energy(whole);
    double least = same;
    std::optional<std::vector<std::size_t>> parts;
    forEachSum(Remainder(products, whole, others), others.size(), [&](const Remainder& remainder) {
        if (remainder.parts() < 2 || !(remainder.energy() < least))
            return;
        auto chosen = remainder.chosen();
        const auto isAudible = [&](std::size_t part) { return products.energy(part) > same; };
        if (std::ranges::count_if(chosen, isAudible) < 2)
            return;
        least = remainder.energy();
        parts = std::move(chosen);
    });
    return parts;
}

std::vector<std::size_t> othersExcept(std::size_t count, const std::vector<bool>& isExcluded,
                                      std::size_t index) {
    std::vector<std::size_t> others;
    for (std::size_t i = 0; i < count; ++i) {
        if (i != index && !isExcluded[i])
            others.push_back(i);
    }
    return others;
}

} // namespace

void InnerProducts::add(const std::vector<AudioBuffer>& blocks) {
    const std::int64_t frames = std::ranges::min(blocks, {}, &AudioBuffer::frames).frames();
    for (int c = 0; frames > 0 && c < blocks[0].channels(); ++c) {
        for (std::size_t i = 0; i < count_; ++i) {
            for (std::size_t k = i; k < count_; ++k) {
                products_[i * count_ + k] +=
                    innerProduct(blocks[i].channel(c).first(frames), blocks[k].channel(c).first(frames));
                products_[k * count_ + i] = products_[i * count_ + k];
            }
        }
    }
}

InnerProducts InnerProducts::among(const std::vector<std::size_t>& indices) const {
    InnerProducts some(indices.size());
    for (std::size_t i = 0; i < indices.size(); ++i) {
        for (std::size_t k = 0; k < indices.size(); ++k)
            some.products_[i * indices.size() + k] = of(indices[i], indices[k]);
    }
    return some;
}

double InnerProducts::residual(std::size_t whole, const std::vector<std::size_t>& parts) const {
    double left = energy(whole);
    for (const std::size_t part : parts) {
        left -= 2 * of(whole, part);
        for (const std::size_t other : parts)
            left += of(part, other);
    }
    return 10 * std::log10(std::max(left / energy(whole), 1e-20));
}

std::vector<StemSum> findSums(const InnerProducts& products, double same) {
    const double sameRatio = ratioOf(same);
    const std::size_t count = products.count();
    std::vector<bool> isBad(count, false); // with NaN or infinite samples
    for (std::size_t i = 0; i < count; ++i)
        isBad[i] = !std::isfinite(products.energy(i));
    const bool anyBad = std::find(isBad.begin(), isBad.end(), true) != isBad.end();
    std::vector<bool> isSum(count, false);
    for (std::size_t i = 0; i < count; ++i)
        isSum[i] = !isBad[i] && partsOf(products, i, othersExcept(count, isBad, i), sameRatio).has_value();

    std::vector<bool> isExcluded = isBad;
    for (std::size_t i = 0; i < count; ++i)
        isExcluded[i] = isBad[i] || isSum[i];
    std::vector<StemSum> sums;
    for (std::size_t i = 0; i < count; ++i) {
        const auto stems = othersExcept(count, isExcluded, i);
        const auto parts = isSum[i] ? partsOf(products, i, stems, sameRatio) : std::nullopt;
        if (!parts)
            continue;
        const double inaudible = sameRatio * products.energy(i);
        const bool isWhole = !anyBad && std::ranges::all_of(stems, [&](std::size_t stem) {
            return std::ranges::find(*parts, stem) != parts->end() || products.energy(stem) < inaudible;
        });
        sums.push_back({i, *parts, isWhole, products.residual(i, *parts)});
    }
    return sums;
}

} // namespace headroom
