// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"

#include <cstddef>
#include <string>
#include <vector>

/// Finds stems that are sums of other stems.
namespace headroom {

/// Two signals with a relative residual below this are considered equal. Rounding to 16 bits and dither leave
/// far less, any processing leaves more.
inline constexpr double sameAudioDecibels = -40;
/// The same if one of the signals was compressed with loss: MP3, Vorbis and Opus from 96 kbit/s on leave -17
/// to -37 dB.
inline constexpr double sameCompressedDecibels = -12;

/// Pairwise inner products of signals, over all channels.
class InnerProducts {
public:
    explicit InnerProducts(std::size_t count) : count_(count), products_(count * count) {}

    /// Adds the next block of each signal, up to the length of the shortest block.
    /// @param blocks one per signal, with equal channel counts
    void add(const std::vector<AudioBuffer>& blocks);

    /// The inner products of these signals, in this order.
    InnerProducts among(const std::vector<std::size_t>& indices) const;

    std::size_t count() const { return count_; }
    double of(std::size_t one, std::size_t other) const { return products_[one * count_ + other]; }
    double energy(std::size_t index) const { return of(index, index); }

    /// Energy of signal `whole` minus the sum of `parts`, relative to `whole`: dB, at least -200.
    double residual(std::size_t whole, const std::vector<std::size_t>& parts) const;

private:
    std::size_t count_;
    std::vector<double> products_;
};

/// A signal that is the sum of others.
struct StemSum {
    std::size_t index = 0;
    std::vector<std::size_t> parts; ///< signals that add up to it; none is a sum itself
    bool isWhole = false;           ///< `parts` has all audible signals that are not sums
    double residual = 0;            ///< dB
};

/// The signals that equal, within `same` decibels, the sum of two or more others. With up to 15 signals,
/// finds every such sum; with more, only sums of all others or all but one or two. Ignores signals with
/// samples that are not finite; with one of those, no sum is the sum of all. Pure.
std::vector<StemSum> findSums(const InnerProducts& products, double same = sameAudioDecibels);

} // namespace headroom
