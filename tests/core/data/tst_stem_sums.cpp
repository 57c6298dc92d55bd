// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/stem_sums.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

using namespace headroom;

namespace {

constexpr std::int64_t frames = 5000;

AudioBuffer sum(const std::vector<AudioBuffer>& audio, const std::vector<std::size_t>& which) {
    AudioBuffer result(2, frames);
    for (const std::size_t i : which)
        std::ranges::transform(audio[i].samples(), result.samples(), result.samples().begin(), std::plus());
    return result;
}

std::vector<AudioBuffer> noises(int count) {
    std::vector<AudioBuffer> audio;
    for (int i = 0; i < count; ++i)
        audio.push_back(test::noise(2, frames, static_cast<std::uint64_t>(i) + 1));
    return audio;
}

std::vector<StemSum> sumsOf(const std::vector<AudioBuffer>& audio) {
    InnerProducts products(audio.size());
    products.add(audio);
    return findSums(products);
}

} // namespace

class TestStemSums : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void independentSignalsAreNotSums() {
        for (const int count : {1, 2, 3, 6, 16, 18})
            QVERIFY(sumsOf(noises(count)).empty());
    }

    void findsWholeSumAtAnyIndex() {
        for (const std::size_t place : {0U, 2U, 4U}) {
            auto audio = noises(4);
            audio.insert(audio.begin() + static_cast<std::ptrdiff_t>(place), sum(audio, {0, 1, 2, 3}));
            const auto sums = sumsOf(audio);
            QCOMPARE(sums.size(), 1U);
            QCOMPARE(sums[0].index, place);
            QCOMPARE(sums[0].parts.size(), 4U);
            QVERIFY(sums[0].isWhole && sums[0].residual < -100);
        }
    }

    void findsSumOfAnySubset() {
        auto audio = noises(5);
        audio.push_back(sum(audio, {1, 3}));
        const auto sums = sumsOf(audio);
        QCOMPARE(sums.size(), 1U);
        QCOMPARE(sums[0].parts, (std::vector<std::size_t>{1, 3}));
        QVERIFY(!sums[0].isWhole);
    }

    void copyBesideSilenceIsNoSum() {
        auto audio = noises(3);
        audio.emplace_back(2, frames); // silent
        audio.push_back(audio[0]);
        QVERIFY(sumsOf(audio).empty());
    }

    void findsSumsBesideASignalWithNan() {
        auto audio = noises(4);
        audio.push_back(sum(audio, {1, 2, 3}));
        audio[0].channel(0)[7] = std::numeric_limits<float>::quiet_NaN();
        const auto sums = sumsOf(audio);
        QCOMPARE(sums.size(), 1U);
        QCOMPARE(sums[0].index, 4U);
        QCOMPARE(sums[0].parts, (std::vector<std::size_t>{1, 2, 3}));
        QVERIFY(!sums[0].isWhole);
    }

    /// accompaniment, no_vocals (the same) and mix beside four stems.
    void separatesSeveralSumsFromStems() {
        auto audio = noises(4);
        audio.push_back(sum(audio, {0, 1, 2}));
        audio.push_back(sum(audio, {0, 1, 2}));
        audio.push_back(sum(audio, {0, 1, 2, 3}));
        const auto sums = sumsOf(audio);
        QCOMPARE(sums.size(), 3U);
        QCOMPARE(sums[0].parts, (std::vector<std::size_t>{0, 1, 2}));
        QVERIFY(!sums[0].isWhole && !sums[1].isWhole && sums[2].isWhole);
        QCOMPARE(sums[2].parts, (std::vector<std::size_t>{0, 1, 2, 3}));
    }

    void thresholdIs40Decibels() {
        for (const auto& [decibels, isSum] : {std::pair{-45.0, true}, std::pair{-35.0, false}}) {
            auto audio = noises(2);
            AudioBuffer noisy = sum(audio, {0, 1});
            // The sum of two noises has twice the energy of one.
            const auto amplitude = static_cast<float>(0.5 * std::sqrt(2) * std::pow(10, decibels / 20));
            const AudioBuffer rest = test::noise(2, frames, 99, amplitude);
            std::ranges::transform(rest.samples(), noisy.samples(), noisy.samples().begin(), std::plus());
            audio.push_back(noisy);
            QCOMPARE(sumsOf(audio).size(), isSum ? 1U : 0U);
            InnerProducts products(3);
            products.add(audio);
            QVERIFY(std::abs(products.residual(2, {0, 1}) - decibels) < 0.5);
        }
    }

    /// With a silent stem, a duplicate is still not a sum, and a sum of all audible stems is still whole.
    void ignoresSilentStems() {
        auto audio = noises(1);
        audio.push_back(audio[0]);
        audio.emplace_back(2, frames);
        QVERIFY(sumsOf(audio).empty());

        audio = noises(3);
        audio.push_back(sum(audio, {0, 1, 2}));
        audio.emplace_back(2, frames);
        const auto sums = sumsOf(audio);
        QCOMPARE(sums.size(), 1U);
        QVERIFY(sums[0].isWhole);
    }

    void findsNearlyWholeSumOfManySignals() {
        for (const int missing : {0, 1, 2}) {
            auto audio = noises(20);
            std::vector<std::size_t> parts;
            for (std::size_t i = static_cast<std::size_t>(missing); i < 20; ++i)
                parts.push_back(i);
            audio.push_back(sum(audio, parts));
            const auto sums = sumsOf(audio);
            QCOMPARE(sums.size(), 1U);
            QCOMPARE(sums[0].parts, parts);
            QCOMPARE(sums[0].isWhole, missing == 0);
        }
    }

    void blocksAccumulate() {
        const auto audio = noises(3);
        InnerProducts whole(3), inBlocks(3);
        whole.add(audio);
        for (const auto& [first, count] :
             {std::pair<std::int64_t, std::int64_t>{0, 1777}, {1777, frames - 1777}}) {
            std::vector<AudioBuffer> blocks;
            for (const AudioBuffer& signal : audio) {
                AudioBuffer& block = blocks.emplace_back(2, count);
                for (int c = 0; c < 2; ++c)
                    std::ranges::copy(signal.channel(c).subspan(first, count), block.channel(c).begin());
            }
            inBlocks.add(blocks);
        }
        for (std::size_t i = 0; i < 3; ++i) {
            for (std::size_t k = 0; k < 3; ++k)
                QVERIFY(std::abs(whole.of(i, k) - inBlocks.of(i, k)) < 1e-9);
        }
        QVERIFY(whole.of(0, 1) == whole.of(1, 0));
    }
};

HEADROOM_TEST_MAIN(TestStemSums)
#include "tst_stem_sums.moc"
