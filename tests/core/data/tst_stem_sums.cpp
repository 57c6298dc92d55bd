#include "core/data/stem_sums.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <algorithm>
#include <cmath>
#include <functional>

using namespace headroom;

namespace {

constexpr std::int64_t frames = 5000;

AudioBuffer sum(const std::vector<AudioBuffer>& sounds, const std::vector<std::size_t>& which) {
    AudioBuffer result(2, frames);
    for (const std::size_t i : which)
        std::ranges::transform(sounds[i].samples(), result.samples(), result.samples().begin(), std::plus());
    return result;
}

std::vector<AudioBuffer> noises(int count) {
    std::vector<AudioBuffer> sounds;
    for (int i = 0; i < count; ++i)
        sounds.push_back(test::noise(2, frames, static_cast<std::uint64_t>(i) + 1));
    return sounds;
}

std::vector<AudioSum> sumsOf(const std::vector<AudioBuffer>& sounds) {
    InnerProducts products(sounds.size());
    products.add(sounds);
    return findSums(products);
}

} // namespace

class TestStemSums : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void independentSoundsAreNoSums() {
        for (const int count : {1, 2, 3, 6, 16, 18})
            QVERIFY(sumsOf(noises(count)).empty());
    }

    void aWholeSumIsFoundAnywhere() {
        for (const std::size_t place : {0U, 2U, 4U}) {
            auto sounds = noises(4);
            sounds.insert(sounds.begin() + static_cast<std::ptrdiff_t>(place), sum(sounds, {0, 1, 2, 3}));
            const auto sums = sumsOf(sounds);
            QCOMPARE(sums.size(), 1U);
            QCOMPARE(sums[0].sound, place);
            QCOMPARE(sums[0].parts.size(), 4U);
            QVERIFY(sums[0].isWhole && sums[0].residual < -100);
        }
    }

    void anySubsetIsFound() {
        auto sounds = noises(5);
        sounds.push_back(sum(sounds, {1, 3}));
        const auto sums = sumsOf(sounds);
        QCOMPARE(sums.size(), 1U);
        QCOMPARE(sums[0].parts, (std::vector<std::size_t>{1, 3}));
        QVERIFY(!sums[0].isWhole);
    }

    /// accompaniment, no_vocals (the same) and mix beside four stems.
    void severalSumsAreToldFromTheStems() {
        auto sounds = noises(4);
        sounds.push_back(sum(sounds, {0, 1, 2}));
        sounds.push_back(sum(sounds, {0, 1, 2}));
        sounds.push_back(sum(sounds, {0, 1, 2, 3}));
        const auto sums = sumsOf(sounds);
        QCOMPARE(sums.size(), 3U);
        QCOMPARE(sums[0].parts, (std::vector<std::size_t>{0, 1, 2}));
        QVERIFY(!sums[0].isWhole && !sums[1].isWhole && sums[2].isWhole);
        QCOMPARE(sums[2].parts, (std::vector<std::size_t>{0, 1, 2, 3}));
    }

    void theThresholdIs40Decibels() {
        for (const auto& [decibels, isSum] : {std::pair{-45.0, true}, std::pair{-35.0, false}}) {
            auto sounds = noises(2);
            AudioBuffer noisy = sum(sounds, {0, 1});
            // The sum of two has twice the energy of a noise of the same loudness.
            const auto loudness = static_cast<float>(0.5 * std::sqrt(2) * std::pow(10, decibels / 20));
            const AudioBuffer rest = test::noise(2, frames, 99, loudness);
            std::ranges::transform(rest.samples(), noisy.samples(), noisy.samples().begin(), std::plus());
            sounds.push_back(noisy);
            QCOMPARE(sumsOf(sounds).size(), isSum ? 1U : 0U);
            InnerProducts products(3);
            products.add(sounds);
            QVERIFY(std::abs(products.residual(2, {0, 1}) - decibels) < 0.5);
        }
    }

    /// A silent stem neither makes a copy a sum nor a whole sum a part of one.
    void silenceDecidesNothing() {
        auto sounds = noises(1);
        sounds.push_back(sounds[0]);
        sounds.emplace_back(2, frames);
        QVERIFY(sumsOf(sounds).empty());

        sounds = noises(3);
        sounds.push_back(sum(sounds, {0, 1, 2}));
        sounds.emplace_back(2, frames);
        const auto sums = sumsOf(sounds);
        QCOMPARE(sums.size(), 1U);
        QVERIFY(sums[0].isWhole);
    }

    void ofManySoundsTheSumOfNearlyAllIsFound() {
        for (const int missing : {0, 1, 2}) {
            auto sounds = noises(20);
            std::vector<std::size_t> parts;
            for (std::size_t i = static_cast<std::size_t>(missing); i < 20; ++i)
                parts.push_back(i);
            sounds.push_back(sum(sounds, parts));
            const auto sums = sumsOf(sounds);
            QCOMPARE(sums.size(), 1U);
            QCOMPARE(sums[0].parts, parts);
            QCOMPARE(sums[0].isWhole, missing == 0);
        }
    }

    void blocksAddUp() {
        const auto sounds = noises(3);
        InnerProducts whole(3), inBlocks(3);
        whole.add(sounds);
        for (const auto& [first, count] :
             {std::pair<std::int64_t, std::int64_t>{0, 1777}, {1777, frames - 1777}}) {
            std::vector<AudioBuffer> blocks;
            for (const AudioBuffer& sound : sounds) {
                AudioBuffer& block = blocks.emplace_back(2, count);
                for (int c = 0; c < 2; ++c)
                    std::ranges::copy(sound.channel(c).subspan(first, count), block.channel(c).begin());
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
