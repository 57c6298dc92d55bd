#pragma once

#include "core/audio/audio_buffer.h"

#include <cstddef>
#include <string>
#include <vector>

/// Which sounds of a song are sums of its others.
namespace headroom {

/// A residual below this means that two sounds are the same: what rounding to 16 bits or a little dither
/// leaves is far below, what any processing leaves is above.
inline constexpr double sameSoundDecibels = -40;

/// Inner products of sounds, two by two, over all channels.
class InnerProducts {
public:
    explicit InnerProducts(std::size_t sounds) : sounds_(sounds), products_(sounds * sounds) {}

    /// The next stretch of each sound. Channels are equal; where one sound has ended nothing is added.
    void add(const std::vector<AudioBuffer>& blocks);

    /// Those of some of the sounds, in this order.
    InnerProducts among(const std::vector<std::size_t>& sounds) const;

    std::size_t sounds() const { return sounds_; }
    double of(std::size_t one, std::size_t other) const { return products_[one * sounds_ + other]; }
    double energy(std::size_t sound) const { return of(sound, sound); }

    /// Energy of what is left of `sound` without the sum of `parts`, against its own: dB, at least -200.
    double residual(std::size_t sound, const std::vector<std::size_t>& parts) const;

private:
    std::size_t sounds_;
    std::vector<double> products_;
};

/// A sound that is the sum of others.
struct AudioSum {
    std::size_t sound = 0;
    std::vector<std::size_t> parts; ///< those whose sum it is, none of them a sum itself
    bool isWhole = false;           ///< `parts` are all sounds that are no sums, but for silent ones
    double residual = 0;            ///< dB
};

/// The sounds that are, to sameSoundDecibels, the sum of two or more others. Of up to 15 sounds all sums are
/// found, of more those of all others, and of all but one or two. Pure.
std::vector<AudioSum> findSums(const InnerProducts& products);

} // namespace headroom
