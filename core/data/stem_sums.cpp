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

/// In four sums at a time, which keeps a processor busier than one long chain of additions.
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

/// What is left of one sound while others are taken from it and given back one by one.
class Remainder {
public:
    Remainder(const InnerProducts& products, std::size_t sound, std::vector<std::size_t> others)
        : products_(products), sound_(sound), others_(std::move(others)), isPart_(others_.size()),
          energy_(products.energy(sound)) {}

    void toggle(std::size_t place) {
        const std::size_t other = others_[place];
        const double sign = isPart_[place] ? -1 : 1;
        isPart_[place] = !isPart_[place];
        parts_ += static_cast<int>(sign);
        energy_ += sign * (products_.energy(other) - 2 * products_.of(sound_, other));
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
    std::size_t sound_;
    std::vector<std::size_t> others_;
    std::vector<bool> isPart_;
    int parts_ = 0;
    double energy_;
};

/// Calls `look` with every set of up to 14 sounds taken away, or with all of them but at most two.
void forEachSum(Remainder remainder, std::size_t others, const std::function<void(const Remainder&)>& look) {
    constexpr std::size_t mostForAllSets = 14;
    if (others <= mostForAllSets) {
        // In the order of a Gray code each set differs from the one before by one sound.
        for (std::uint32_t set = 1; set < std::uint32_t{1} << others; ++set) {
            remainder.toggle(static_cast<std::size_t>(std::countr_zero(set)));
            look(remainder);
        }
        return;
    }
    for (std::size_t i = 0; i < others; ++i)
        remainder.toggle(i);
    look(remainder);
    for (std::size_t i = 0; i < others; ++i) {
        remainder.toggle(i);
        look(remainder);
        for (std::size_t k = i + 1; k < others; ++k) {
            remainder.toggle(k);
            look(remainder);
            remainder.toggle(k);
        }
        remainder.toggle(i);
    }
}

/// The set among `others` whose sum is this sound; a single audible part would be the same sound twice, which
/// is another matter.
std::optional<std::vector<std::size_t>> partsOf(const InnerProducts& products, std::size_t sound,
                                                const std::vector<std::size_t>& others) {
    const double same = ratioOf(sameSoundDecibels) * products.energy(sound);
    double least = same;
    std::optional<std::vector<std::size_t>> parts;
    forEachSum(Remainder(products, sound, others), others.size(), [&](const Remainder& remainder) {
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

std::vector<std::size_t> soundsExcept(std::size_t count, const std::vector<bool>& isLeftOut,
                                      std::size_t sound) {
    std::vector<std::size_t> sounds;
    for (std::size_t i = 0; i < count; ++i) {
        if (i != sound && !isLeftOut[i])
            sounds.push_back(i);
    }
    return sounds;
}

} // namespace

void InnerProducts::add(const std::vector<AudioBuffer>& blocks) {
    const std::int64_t frames = std::ranges::min(blocks, {}, &AudioBuffer::frames).frames();
    for (int c = 0; frames > 0 && c < blocks[0].channels(); ++c) {
        for (std::size_t i = 0; i < sounds_; ++i) {
            for (std::size_t k = i; k < sounds_; ++k) {
                products_[i * sounds_ + k] +=
                    innerProduct(blocks[i].channel(c).first(frames), blocks[k].channel(c).first(frames));
                products_[k * sounds_ + i] = products_[i * sounds_ + k];
            }
        }
    }
}

InnerProducts InnerProducts::among(const std::vector<std::size_t>& sounds) const {
    InnerProducts some(sounds.size());
    for (std::size_t i = 0; i < sounds.size(); ++i) {
        for (std::size_t k = 0; k < sounds.size(); ++k)
            some.products_[i * sounds.size() + k] = of(sounds[i], sounds[k]);
    }
    return some;
}

double InnerProducts::residual(std::size_t sound, const std::vector<std::size_t>& parts) const {
    double left = energy(sound);
    for (const std::size_t part : parts) {
        left -= 2 * of(sound, part);
        for (const std::size_t other : parts)
            left += of(part, other);
    }
    return 10 * std::log10(std::max(left / energy(sound), 1e-20));
}

std::vector<AudioSum> findSums(const InnerProducts& products) {
    const std::size_t count = products.sounds();
    std::vector<bool> isSum(count, false);
    for (std::size_t i = 0; i < count; ++i)
        isSum[i] = partsOf(products, i, soundsExcept(count, std::vector<bool>(count, false), i)).has_value();

    std::vector<AudioSum> sums;
    for (std::size_t i = 0; i < count; ++i) {
        const auto stems = soundsExcept(count, isSum, i);
        const auto parts = isSum[i] ? partsOf(products, i, stems) : std::nullopt;
        if (!parts)
            continue;
        const double same = ratioOf(sameSoundDecibels) * products.energy(i);
        const bool isWhole = std::ranges::all_of(stems, [&](std::size_t stem) {
            return std::ranges::find(*parts, stem) != parts->end() || products.energy(stem) < same;
        });
        sums.push_back({i, *parts, isWhole, products.residual(i, *parts)});
    }
    return sums;
}

} // namespace headroom
