// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/sampler.h"
#include "core/data/segment_source.h"
#include "tests/core/data/unopened_song.h"
#include "tests/support/strict_main.h"
#include "tests/support/tiny_dataset.h"

#include <algorithm>
#include <cmath>
#include <map>

using namespace headroom;
using headroom::test::song;

/// Polarity, mixup and equalizer; tst_sampler and tst_segment_source test the others.
class TestAugmentation : public QObject {
    Q_OBJECT

    static constexpr int draws = 3000;
    static constexpr std::int64_t frames = 8000;
    DataConfig data_;

    static std::vector<Song> songs() {
        return {song("a", 1000, {"bass", "vocals"}), song("b", 5000, {"bass", "vocals"}),
                song("c", 90, {"bass", "vocals"})};
    }
    Sampler sampler() const { return {songs(), data_, 44100, 1}; }

private Q_SLOTS:
    void init() {
        data_ = DataConfig();
        data_.randomMixProbability = 1;
    }

    void defaultsChangeNothing() {
        const Sampler plain = sampler();
        for (int k = 0; k < 100; ++k) {
            for (const StemPlan& stem : plain.plan(k, 0, 100).stems) {
                QVERIFY(!stem.isInverted);
                QVERIFY(!stem.mixup);
                QVERIFY(std::ranges::all_of(stem.equalizer.bands,
                                            [](const auto& band) { return band.decibels == 0; }));
            }
        }
    }

    /// Changing one of these options changes no other draw.
    void optionsDoNotAffectOtherDraws() {
        const Sampler plain = sampler();
        data_.polarityProbability = 0.5;
        data_.mixupProbability = 0.5;
        data_.equalizerProbability = 0.5;
        const Sampler changed = sampler();
        data_.equalizerProbability = 1;
        const Sampler more = sampler();
        for (int k = 0; k < 100; ++k) {
            const auto one = plain.plan(k, 0, 100).stems;
            const auto two = changed.plan(k, 0, 100).stems;
            const auto three = more.plan(k, 0, 100).stems;
            for (std::size_t i = 0; i < one.size(); ++i) {
                QCOMPARE(one[i].first, two[i].first);
                QCOMPARE(one[i].gain, two[i].gain);
                QCOMPARE(two[i].isInverted, three[i].isInverted);
                QCOMPARE(two[i].mixup.has_value(), three[i].mixup.has_value());
            }
        }
    }

    void invertsWithGivenProbability() {
        data_.polarityProbability = 0.3;
        for (const double mixed : {0.0, 1.0}) {
            data_.randomMixProbability = mixed;
            const Sampler inverting = sampler();
            int inverted = 0;
            int together = 0;
            for (int k = 0; k < draws; ++k) {
                const auto stems = inverting.plan(k, 0, 100).stems;
                inverted += stems[0].isInverted ? 1 : 0;
                together += stems[0].isInverted == stems[1].isInverted ? 1 : 0;
            }
            QVERIFY(std::abs(static_cast<double>(inverted) / draws - 0.3) < 0.03);
            QVERIFY(mixed == 1 ? together < draws : together == draws);
        }
    }

    void mixesStemsOfMixedExamplesOnly() {
        data_.mixupProbability = 0.4;
        const Sampler mixing = sampler();
        std::map<std::string, int> seconds;
        int count = 0;
        for (int k = 0; k < draws; ++k) {
            for (const StemPlan& stem : mixing.plan(k, 0, 100).stems) {
                if (!stem.mixup)
                    continue;
                ++count;
                ++seconds[stem.mixup->song->name];
                QVERIFY(stem.mixup->song->find(stem.stem) != nullptr);
                QVERIFY(stem.mixup->first >= 0);
                QVERIFY(stem.mixup->first <= std::max<std::int64_t>(0, stem.mixup->song->frames - 100));
                const float gain = stem.gain * stem.mixup->gain;
                QVERIFY(gain > 0.499F && gain < 1.501F);
            }
        }
        QVERIFY(std::abs(static_cast<double>(count) / (2 * draws) - 0.4) < 0.03);
        QCOMPARE(seconds.size(), std::size_t(3));

        data_.randomMixProbability = 0;
        const Sampler aligned = sampler();
        for (int k = 0; k < 100; ++k) {
            for (const StemPlan& stem : aligned.plan(k, 0, 100).stems)
                QVERIFY(!stem.mixup);
        }
    }

    void drawsBandsWithinTheirRanges() {
        data_.equalizerProbability = 0.25;
        data_.equalizerGain = 6;
        const Sampler equalizing = sampler();
        int used = 0;
        double least = 0;
        double most = 0;
        for (int k = 0; k < draws; ++k) {
            const Equalizer equalizer = equalizing.plan(k, 0, 100).stems[0].equalizer;
            QVERIFY(std::ranges::is_sorted(equalizer.bands, [](const auto& a, const auto& b) {
                return a.hertz < b.hertz / 1.1; // neighbors overlap a little
            }));
            used += equalizer.bands[0].decibels != 0 ? 1 : 0;
            for (const Equalizer::Band& band : equalizer.bands) {
                QVERIFY(band.hertz >= 42 && band.hertz <= 9486);
                least = std::min(least, band.decibels);
                most = std::max(most, band.decibels);
            }
        }
        QVERIFY(std::abs(static_cast<double>(used) / draws - 0.25) < 0.03);
        QVERIFY(least >= -6 && least < -5.9 && most <= 6 && most > 5.9);
    }

    /// The segments that are read match the plan.
    void appliesThePlan() {
        test::TinyDataset dataset;
        for (const char* name : {"train/a", "train/b"})
            dataset.add(name, {});
        RunConfig config;
        config.data.silentChunkProbability = 1;
        config.data.randomMixProbability = 1;
        config.data.gainMin = config.data.gainMax = 1;
        const AudioFormat format{config.audio.sampleRate, config.audio.channels};
        const auto library = openLibrary(test::dataConfig(dataset.root()), format).train;
        const auto example = [&](const DataConfig& data, int number) {
            RunConfig changed = config;
            changed.data = data;
            return SegmentSource(library, changed).example(number, frames).targets.at(0);
        };
        DataConfig inverted = config.data;
        inverted.polarityProbability = 1;
        DataConfig equalized = config.data;
        equalized.equalizerProbability = 1;
        DataConfig mixed = config.data;
        mixed.mixupProbability = 1;
        for (int k = 0; k < 5; ++k) {
            const AudioBuffer plain = example(config.data, k);
            const AudioBuffer opposite = example(inverted, k);
            QVERIFY(std::ranges::equal(plain.samples(), opposite.samples(),
                                       [](float a, float b) { return a == -b; }));

            const Sampler equalizers(library, equalized, format.sampleRate, 0);
            const auto stems = equalizers.plan(k, 0, frames).stems;
            const auto vocals = std::ranges::find(stems, "vocals", &StemPlan::stem);
            AudioBuffer expected = plain;
            vocals->equalizer.apply(expected, format.sampleRate);
            QVERIFY(std::ranges::equal(expected.samples(), example(equalized, k).samples()));
            QVERIFY(!std::ranges::equal(expected.samples(), plain.samples()));

            // The mean of two segments, of which one is that without mixup.
            const AudioBuffer both = example(mixed, k);
            AudioBuffer second(both.channels(), both.frames());
            std::ranges::transform(both.samples(), plain.samples(), second.samples().begin(),
                                   [](float mean, float first) { return 2 * mean - first; });
            const Sampler mixups(library, mixed, format.sampleRate, 0);
            const auto plans = mixups.plan(k, 0, frames).stems;
            const auto plan = std::ranges::find(plans, "vocals", &StemPlan::stem);
            const AudioBuffer other =
                StemReader(library, format, 0).read(*plan->mixup->song, "vocals", plan->mixup->first, frames);
            QVERIFY(std::ranges::equal(second.samples(), other.samples(),
                                       [](float a, float b) { return std::abs(a - b) < 1e-6F; }));
        }
    }
};

HEADROOM_TEST_MAIN(TestAugmentation)
#include "tst_augmentation.moc"
